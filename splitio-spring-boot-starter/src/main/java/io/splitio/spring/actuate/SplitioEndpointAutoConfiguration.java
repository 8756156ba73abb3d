package io.splitio.spring.actuate;

import io.splitio.SplitFactory;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The actuator endpoint {@code splitio}, and no secret of the SDK in any other endpoint. */
@AutoConfiguration(after = SplitioAutoConfiguration.class)
@ConditionalOnClass({ConditionalOnAvailableEndpoint.class, SanitizingFunction.class})
public final class SplitioEndpointAutoConfiguration {
  private static final List<String> SECRETS =
      List.of("apikey", "envsecret", "password", "bearertoken");
  private static final String HEADERS = "splitiohttpheaders";
  private static final Pattern PASSWORD = Pattern.compile("(://(?:[^:/@]*:)?)[^/]*@");

  @Bean
  @ConditionalOnBean(SplitFactory.class)
  @ConditionalOnAvailableEndpoint(SplitioEndpoint.class)
  @ConditionalOnMissingBean
  SplitioEndpoint splitioEndpoint(SplitFactory factory) {
    return new SplitioEndpoint(factory);
  }

  /** Hides secrets in {@code env} and {@code configprops} even where values are shown. */
  @Bean
  static SanitizingFunction splitioSecretSanitizer() {
    return data -> {
      String name = data.getLowerCaseKey().replaceAll("[^a-z]", "");
      return name.startsWith("splitio") ? sanitized(data, name) : data;
    };
  }

  private static SanitizableData sanitized(SanitizableData data, String name) {
    if (SECRETS.stream().anyMatch(name::endsWith) || name.startsWith(HEADERS)) {
      return data.withSanitizedValue();
    }
    String value = String.valueOf(data.getValue());
    String without = PASSWORD.matcher(value).replaceAll("$1******@");
    return without.equals(value) ? data : data.withValue(without);
  }
}
