package io.splitio.spring.featbit;

import io.splitio.SplitFactory;
import io.splitio.backend.Connector;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.featbit.FeatBitClient;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import io.splitio.spring.autoconfigure.SplitioProperties;
import io.splitio.spring.source.Addresses;
import io.splitio.spring.source.UnsetProperties;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Makes the connector to FeatBit, and FeatBit's client, from {@code splitio.featbit.*}. */
@AutoConfiguration(before = SplitioAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "splitio.enabled", matchIfMissing = true)
@EnableConfigurationProperties({SplitioProperties.class, FeatBitProperties.class})
public final class SplitioFeatBitAutoConfiguration {

  @Bean
  static UnsetProperties splitioUnsetFeatBitProperties(Environment environment) {
    return new UnsetProperties(environment, FeatBitProperties.PREFIX, FeatBitProperties.class);
  }

  @Bean
  @Conditional(OnFeatBit.class)
  @ConditionalOnMissingBean({Connector.class, SplitFactory.class})
  Connector splitioConnector(
      SplitioProperties sdk,
      FeatBitProperties featbit,
      Environment environment,
      ResourceLoader resources,
      BeanFactory beans) {
    new Addresses(Binder.get(environment)).requireOneSource(sdk.mode());
    return new FeatBitChoice(sdk, featbit, resources, beans).connector();
  }

  @Bean
  @Lazy // a test may bring a connector to something else, for which there is no such client
  @Conditional(OnFeatBitOrItsConnector.class)
  @ConditionalOnMissingBean
  FeatBitClient featBitClient(SplitFactory factory) {
    return FeatBitClient.of(factory);
  }

  /** Properties name FeatBit, or the application brings the connector to it. */
  static final class OnFeatBitOrItsConnector extends AnyNestedCondition {
    OnFeatBitOrItsConnector() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @Conditional(OnFeatBit.class)
    static final class ByProperties {}

    @ConditionalOnBean(FeatBitConnector.class)
    static final class ByConnector {}
  }
}
