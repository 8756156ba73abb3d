package io.splitio.spring.redis;

import io.splitio.SplitFactory;
import io.splitio.backend.Connector;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import io.splitio.spring.autoconfigure.SplitioProperties;
import io.splitio.spring.source.Addresses;
import io.splitio.spring.source.UnsetProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/** Makes the connector to Redis from {@code splitio.redis.*} properties. */
@AutoConfiguration(before = SplitioAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "splitio.enabled", matchIfMissing = true)
@EnableConfigurationProperties({SplitioProperties.class, RedisProperties.class})
public final class SplitioRedisAutoConfiguration {

  @Bean
  static UnsetProperties splitioUnsetRedisProperties(Environment environment) {
    return new UnsetProperties(environment, RedisProperties.PREFIX, RedisProperties.class);
  }

  @Bean
  @Conditional(OnRedis.class)
  @ConditionalOnMissingBean({Connector.class, SplitFactory.class})
  Connector splitioConnector(
      SplitioProperties sdk,
      RedisProperties redis,
      ApplicationContext context,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<RedisConnectorCustomizer> customizers) {
    new Addresses(Binder.get(context.getEnvironment())).requireOneSource(sdk.mode());
    return new RedisChoice(sdk, redis, context, bundles, customizers).connector();
  }
}
