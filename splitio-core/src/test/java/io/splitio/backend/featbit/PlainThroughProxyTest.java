package io.splitio.backend.featbit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.net.HttpSettings;
import io.splitio.net.ProxySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A WebSocket without TLS is passed through a proxy, which looks the server's name up. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlainThroughProxyTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final Tunnel tunnel = new Tunnel();

  @AfterEach
  void end() {
    tunnel.close();
    server.close();
  }

  private static SplitFactory factory(int port, UnaryOperator<HttpSettings> http) {
    URI address = URI.create("ws://featbit.invalid:" + port);
    return SplitFactory.create(
        FeatBitConnector.secret(SECRET)
            .streaming(address)
            .events(address)
            .withoutEvents()
            .firstRetryDelay(Duration.ofMillis(150))
            .http(insecure -> http.apply(insecure.withInsecureAllowed())));
  }

  private ProxySettings proxy(String password) {
    return ProxySettings.of("127.0.0.1", tunnel.port()).withBasic("robot", password);
  }

  @Test
  void flagsComeThroughTheTunnelOfAProxyAndItsCredentialsGoNoFurther() throws Exception {
    try (SplitFactory factory = factory(server.port(), http -> http.withProxy(proxy("secret")))) {
      factory.blockUntilReady(LIMIT);
      assertThat(tunnel.passed())
          .singleElement()
          .asString()
          .startsWith("CONNECT featbit.invalid:" + server.port() + " HTTP/1.1\r\n");
      assertThat(server.attempts()).hasSize(1);
      assertThat(server.attempts().get(0).header("Proxy-Authorization")).isEmpty();
      tunnel.cut();
      await().atMost(LIMIT).until(() -> server.attempts().size() == 2);
    }
  }

  @Test
  void credentialsThatTheProxyRefusesAreToldWithoutThem() throws Exception {
    try (SplitFactory factory = factory(server.port(), http -> http.withProxy(proxy("hunter2")))) {
      await().atMost(LIMIT).until(() -> factory.health().problem() != null);
      assertThat(factory.health().problem())
          .isEqualTo(
              "proxy credentials refused: the proxy 127.0.0.1:" + tunnel.port() + " answered 407");
      assertThat(factory.health().fatal()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 503 Busy", "HTTP/1.1 302 Found", "SSH-2.0-OpenSSH"})
  void anyOtherAnswerOfTheProxyIsToldAndTriedAgain(String answer) throws Exception {
    tunnel.answer(answer);
    try (SplitFactory factory = factory(server.port(), http -> http.withProxy(proxy("secret")))) {
      await().atMost(LIMIT).until(() -> factory.health().problem() != null);
      assertThat(factory.health().problem())
          .startsWith("no connection: the proxy 127.0.0.1:" + tunnel.port() + " answered")
          .endsWith("instead of connecting");
      tunnel.answer(null);
      factory.blockUntilReady(LIMIT);
    }
  }

  @Test
  void anyAnswerOfSuccessIsATunnel() throws Exception {
    tunnel.connected("204 No Content");
    try (SplitFactory factory = factory(server.port(), http -> http.withProxy(proxy("secret")))) {
      factory.blockUntilReady(LIMIT);
    }
  }

  @Test
  void aProxyThatNeverAnswersIsGivenUp() throws Exception {
    tunnel.answer("");
    try (SplitFactory factory =
        factory(
            server.port(),
            http ->
                http.withProxy(proxy("secret"))
                    .withTimeouts(
                        http.timeouts()
                            .withStream(Duration.ofMillis(300), Duration.ofSeconds(70))))) {
      await().atMost(LIMIT).until(() -> factory.health().problem() != null);
      assertThat(factory.health().problem()).startsWith("timeout");
    }
  }

  @Test
  void aProxyOfTheEnvironmentIsUsedUnlessTheHostIsExempt() throws Exception {
    assertThat(started("")).isEqualTo("ready");
    assertThat(started("featbit.invalid")).contains("cannot be resolved");
  }

  /** What happens in a process with these variables. */
  private String started(String exempt) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PlainThroughProxyTest.class.getName(),
            String.valueOf(server.port()));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toUpperCase(Locale.ROOT).endsWith("_PROXY"));
    String proxy = "http://robot:secret@127.0.0.1:" + tunnel.port();
    builder.environment().putAll(Map.of("HTTP_PROXY", proxy, "NO_PROXY", exempt));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD); // its log, which nobody reads
    Process process = builder.start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return said.lines().reduce((before, last) -> last).orElse("nothing was said");
    } finally {
      process.destroyForcibly();
    }
  }

  /** The process: the port of a FeatBit server behind the proxy. */
  public static void main(String... arguments) throws InterruptedException {
    try (SplitFactory factory = factory(Integer.parseInt(arguments[0]), http -> http)) {
      await()
          .atMost(LIMIT)
          .until(() -> factory.ready().isDone() || factory.health().problem() != null);
      String problem = factory.health().problem();
      System.out.println(problem == null ? "ready" : problem);
    }
  }
}
