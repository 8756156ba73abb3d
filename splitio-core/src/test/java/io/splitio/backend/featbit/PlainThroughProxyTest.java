package io.splitio.backend.featbit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.SplitFactory;
import io.splitio.net.HttpSettings;
import io.splitio.net.ProxySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A WebSocket without TLS does not pass a proxy, which is said at the start. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlainThroughProxyTest {
  private static final String TOLD =
      "the streaming address of FeatBit is plain, which does not go through the proxy; give a wss"
          + " address, or no proxy (one of HTTP_PROXY is left out for the hosts in NO_PROXY)";

  private static SplitFactory factory(String scheme, UnaryOperator<HttpSettings> http) {
    URI address = URI.create(scheme + "://featbit.invalid");
    return SplitFactory.create(
        FeatBitConnector.secret("secret")
            .streaming(address)
            .events(address)
            .http(insecure -> http.apply(insecure.withInsecureAllowed())));
  }

  @Test
  void aProxyOfTheConfiguration() {
    assertThatThrownBy(
            () -> factory("ws", http -> http.withProxy(ProxySettings.of("127.0.0.1", 9))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(TOLD);
  }

  @Test
  void aProxyOfTheEnvironment() throws IOException {
    assertThat(started("ws", "")).isEqualTo(TOLD);
    assertThat(started("wss", "")).isEqualTo("started");
    assertThat(started("ws", "featbit.invalid")).isEqualTo("started");
  }

  /** What happens in a process with these variables. */
  private static String started(String scheme, String exempt) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PlainThroughProxyTest.class.getName(),
            scheme);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toUpperCase(Locale.ROOT).endsWith("_PROXY"));
    builder.environment().putAll(Map.of("HTTP_PROXY", "http://127.0.0.1:9", "NO_PROXY", exempt));
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), UTF_8)
        .lines()
        .reduce((before, last) -> last)
        .orElse("nothing was said");
  }

  /** The process: a scheme. */
  public static void main(String... arguments) {
    try (SplitFactory factory = factory(arguments[0], http -> http)) {
      System.out.println(factory.isDestroyed() ? "destroyed" : "started");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }
}
