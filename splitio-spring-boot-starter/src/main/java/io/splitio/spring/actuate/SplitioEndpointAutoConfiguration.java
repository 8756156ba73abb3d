package io.splitio.spring.actuate;

import io.splitio.SplitFactory;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The actuator endpoint {@code splitio}, and no SDK key in any other endpoint. */
@AutoConfiguration(after = SplitioAutoConfiguration.class)
@ConditionalOnClass({ConditionalOnAvailableEndpoint.class, SanitizingFunction.class})
public final class SplitioEndpointAutoConfiguration {

  @Bean
  @ConditionalOnBean(SplitFactory.class)
  @ConditionalOnAvailableEndpoint(SplitioEndpoint.class)
  @ConditionalOnMissingBean
  SplitioEndpoint splitioEndpoint(SplitFactory factory) {
    return new SplitioEndpoint(factory);
  }

  /** Hides the key in {@code env} and {@code configprops} even where values are shown. */
  @Bean
  static SanitizingFunction splitioKeySanitizer() {
    return data -> isKey(data) ? data.withSanitizedValue() : data;
  }

  private static boolean isKey(SanitizableData data) {
    String name = data.getLowerCaseKey().replaceAll("[^a-z.]", "").replace(".", "");
    return name.startsWith("splitio") && name.endsWith("apikey");
  }
}
