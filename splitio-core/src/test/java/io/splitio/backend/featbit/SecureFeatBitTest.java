package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.featbit.FeatBitClient;
import io.splitio.featbit.FeatBitUser;
import io.splitio.net.HttpSettings;
import io.splitio.net.ProxySettings;
import io.splitio.net.TlsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Certificates and proxies, on the way of definitions and on that of insights. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecureFeatBitTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final FeatBitUser ANA = FeatBitUser.of("ana", "Ana");
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("authority").build();

  private final FeatBitServer server = FeatBitServer.startTls(shownFor("localhost"), SECRET);
  private final Tunnel tunnel = new Tunnel();

  SecureFeatBitTest() {
    server.load(resource("full.json"));
  }

  @AfterEach
  void end() {
    tunnel.close();
    server.close();
  }

  private static SSLContext shownFor(String host) {
    HeldCertificate certificate =
        new HeldCertificate.Builder().signedBy(AUTHORITY).addSubjectAlternativeName(host).build();
    return new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext();
  }

  private static HttpSettings trusting(HttpSettings http) {
    TrustManager trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(AUTHORITY.certificate())
            .build()
            .trustManager();
    TlsSettings tls =
        TlsSettings.platform().managedBy(new KeyManager[0], new TrustManager[] {trusted});
    return http.withoutEnvironmentProxy().withTls(tls);
  }

  private HttpSettings throughTunnel(HttpSettings http, String password) {
    return trusting(http)
        .withProxy(ProxySettings.of("127.0.0.1", tunnel.port()).withBasic("robot", password));
  }

  @Test
  void aPlainWebSocketGoesThroughAProxyThatIsSpokenToInTls() throws Exception {
    try (FeatBitServer plain = FeatBitServer.start(SECRET);
        Tunnel secure = new Tunnel(shownFor("127.0.0.1").getServerSocketFactory());
        SplitFactory factory =
            factory(
                URI.create("ws://featbit.invalid:" + plain.port()),
                plain.events(),
                http ->
                    trusting(http)
                        .withInsecureAllowed()
                        .withProxy(
                            ProxySettings.of("127.0.0.1", secure.port())
                                .withBasic("robot", "secret")
                                .withTls(trusting(http).tls())))) {
      factory.blockUntilReady(LIMIT);
      assertThat(secure.passed()).hasSize(1);
    }
  }

  private SplitFactory factory(URI streaming, URI events, UnaryOperator<HttpSettings> http) {
    return SplitFactory.create(
        FeatBitConnector.secret(SECRET).streaming(streaming).events(events).http(http));
  }

  private static void becomesReadyAndTells(SplitFactory factory, FeatBitServer insights)
      throws Exception {
    factory.blockUntilReady(LIMIT);
    assertThat(FeatBitClient.of(factory).isFlagKnown("banner-text")).isTrue();
    assertThat(FeatBitClient.of(factory).identify(ANA)).isTrue();
    insights.received().await(1, LIMIT);
  }

  private static void startIsInVain(SplitFactory factory, String reason) {
    assertThat(factory.ready())
        .failsWithin(LIMIT)
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining(reason);
    assertThat(factory.health().fatal()).isTrue();
    assertThat(FeatBitClient.of(factory).isInitialized()).isFalse();
  }

  @Test
  void aCertificateOfATrustedAuthorityIsAcceptedForBoth() throws Exception {
    try (SplitFactory factory =
        factory(server.streaming(), server.events(), SecureFeatBitTest::trusting)) {
      becomesReadyAndTells(factory, server);
    }
  }

  @Test
  void anUnknownAuthorityIsNotSpokenTo() {
    try (SplitFactory factory =
        factory(server.streaming(), server.events(), HttpSettings::withoutEnvironmentProxy)) {
      startIsInVain(factory, "TLS");
      assertThat(server.requests().all()).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotSpokenTo() {
    try (FeatBitServer other = FeatBitServer.startTls(shownFor("featbit.example"), SECRET);
        SplitFactory factory =
            factory(other.streaming(), other.events(), SecureFeatBitTest::trusting)) {
      startIsInVain(factory, "localhost not verified");
      assertThat(other.requests().all()).isEmpty();
    }
  }

  @Test
  void insightsAreNotSentToAnotherHostAndAreKept() throws Exception {
    try (FeatBitServer other = FeatBitServer.startTls(shownFor("featbit.example"), SECRET);
        SplitFactory factory =
            factory(server.streaming(), other.events(), SecureFeatBitTest::trusting)) {
      factory.blockUntilReady(LIMIT);
      assertThat(FeatBitClient.of(factory).identify(ANA)).isTrue();
      FeatBitClient.of(factory).flush();
      await().during(Duration.ofSeconds(2)).atMost(LIMIT).until(() -> kept(factory) == 1);
      assertThat(other.requests().all()).isEmpty();
    }
  }

  private static long kept(SplitFactory factory) {
    return factory.health().events().queued();
  }

  @Test
  void bothGoThroughAProxyThatAsksForAPassword() throws Exception {
    try (SplitFactory factory =
        factory(server.streaming(), server.events(), http -> throughTunnel(http, "secret"))) {
      becomesReadyAndTells(factory, server);
      assertThat(tunnel.passed())
          .hasSize(2)
          .allSatisfy(
              head ->
                  assertThat(head)
                      .startsWith("CONNECT localhost:" + server.port() + " HTTP/1.1\r\n")
                      .doesNotContain(SECRET));
      assertThat(server.attempts().get(0).header("Proxy-Authorization")).isEmpty();
    }
  }

  @Test
  void aProxyThatRefusesThePasswordIsNamed() {
    try (SplitFactory factory =
        factory(server.streaming(), server.events(), http -> throughTunnel(http, "wrong"))) {
      startIsInVain(factory, "the proxy 127.0.0.1:" + tunnel.port() + " answered 407");
      assertThat(tunnel.refused()).hasSize(1);
      assertThat(server.requests().all()).isEmpty();
    }
  }

  @Test
  void aProxyThatIsAwayIsTriedAgain() throws Exception {
    int port = tunnel.port();
    tunnel.close();
    try (SplitFactory factory =
        factory(server.streaming(), server.events(), http -> throughTunnel(http, "secret"))) {
      await().atMost(LIMIT).until(() -> factory.health().problem() != null);
      assertThat(factory.health().fatal()).isFalse();
      assertThat(factory.health().problem()).contains("the proxy 127.0.0.1:" + port);
    }
  }
}
