package io.splitio.spring.autoconfigure;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.AsyncSplitClient;
import io.splitio.api.FlagChangeListener;
import io.splitio.api.ImpressionListener;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitManager;
import io.splitio.backend.Connector;
import io.splitio.backend.featbit.FeatBitConnector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Makes the SDK's beans from {@code splitio.*} properties; each can be replaced. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "splitio.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SplitioProperties.class)
public final class SplitioAutoConfiguration {

  @Bean
  static PropertyNameCheck splitioPropertyNameCheck(Environment environment) {
    return new PropertyNameCheck(environment);
  }

  @Bean
  @ConditionalOnMissingBean({Connector.class, SplitFactory.class})
  Connector splitioConnector(
      SplitioProperties properties,
      ResourceLoader resources,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<SplitConnectorCustomizer> customizers) {
    return new ConnectorChoice(
            properties,
            new LocalhostFiles(resources),
            new CloudConnector(properties, bundles, customizers))
        .connector();
  }

  @Bean(destroyMethod = "destroy")
  @ConditionalOnMissingBean
  SplitFactory splitFactory(
      Connector connector,
      SplitioProperties properties,
      FlagChangeRelay flagChanges,
      ObjectProvider<ImpressionListener> impressionListeners,
      ObjectProvider<SplitConfigCustomizer> customizers) {
    SplitConfig config =
        new PropertiesCustomizer(properties, connector instanceof FeatBitConnector)
            .customize(SplitConfig.defaults())
            .withFlagChangeListener(flagChanges::flagsChanged);
    for (ImpressionListener listener : impressionListeners.orderedStream().toList()) {
      // not the listener itself: the context closes the bean
      config = config.withImpressionListener(impression -> listener.log(impression));
    }
    for (SplitConfigCustomizer customizer : customizers.orderedStream().toList()) {
      config = customizer.customize(config);
    }
    return SplitFactory.create(connector, config);
  }

  @Bean
  FlagChangeRelay splitioFlagChangeRelay(
      ObjectProvider<FlagChangeListener> listeners, ApplicationEventPublisher events) {
    return new FlagChangeRelay(listeners, events);
  }

  @Bean
  SplitioLifecycle splitioLifecycle(
      SplitFactory factory,
      SplitioProperties properties,
      FlagChangeRelay flagChanges,
      ConfigurableApplicationContext context) {
    ReadyWait ready = new ReadyWait(factory, properties.ready(), context.getEnvironment());
    return new SplitioLifecycle(factory, properties, ready, flagChanges, context::isClosed);
  }

  // the factory closes what it hands out

  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  SplitClient splitClient(SplitFactory factory) {
    return factory.client();
  }

  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  AsyncSplitClient asyncSplitClient(ObjectProvider<SplitClient> clients, SplitFactory factory) {
    // where the application has several clients, only it can say which one others should ask
    return clients.getIfUnique(factory::client).async();
  }

  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  SplitManager splitManager(SplitFactory factory) {
    return factory.manager();
  }
}
