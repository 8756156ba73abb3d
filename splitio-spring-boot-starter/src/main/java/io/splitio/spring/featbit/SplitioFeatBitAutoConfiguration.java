package io.splitio.spring.featbit;

import io.splitio.SplitFactory;
import io.splitio.backend.Connector;
import io.splitio.featbit.FeatBitClient;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import io.splitio.spring.autoconfigure.SplitioProperties;
import io.splitio.spring.source.Addresses;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Makes the connector to FeatBit, and FeatBit's client, from {@code splitio.featbit.*}. */
@AutoConfiguration(before = SplitioAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "splitio.enabled", matchIfMissing = true)
@EnableConfigurationProperties({SplitioProperties.class, FeatBitProperties.class})
public final class SplitioFeatBitAutoConfiguration {

  @Bean
  @Conditional(OnFeatBit.class)
  @ConditionalOnMissingBean({Connector.class, SplitFactory.class})
  Connector splitioConnector(
      SplitioProperties sdk,
      FeatBitProperties featbit,
      Environment environment,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<FeatBitConnectorCustomizer> customizers) {
    new Addresses(Binder.get(environment)).requireOneSource(sdk.mode());
    return new FeatBitChoice(sdk, featbit, bundles, customizers).connector();
  }

  @Bean
  @Lazy // a test may bring a connector to something else, for which there is no such client
  @Conditional(OnFeatBit.class)
  @ConditionalOnMissingBean
  FeatBitClient featBitClient(SplitFactory factory) {
    return FeatBitClient.of(factory);
  }
}
