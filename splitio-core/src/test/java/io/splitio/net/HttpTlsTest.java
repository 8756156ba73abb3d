package io.splitio.net;

import static io.splitio.net.Certificates.PASSWORD;
import static io.splitio.net.Certificates.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.net.Trouble.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is trusted, and what happens when a peer is not. */
class HttpTlsTest extends NetFixture {
  @TempDir Path folder;

  @Test
  void aCertificateOfATrustedAuthorityForTheHostIsAccepted() throws Exception {
    try (ScriptedServer server = server(good().build())) {
      assertThat(text(http(trusting()).get(Request.to(server.uri())))).isEqualTo("x");
    }
  }

  @Test
  void anUnknownAuthorityIsRefused() throws Exception {
    try (ScriptedServer server = server(good().build())) {
      assertThat(kind(http().get(Request.to(server.uri())))).isEqualTo(Kind.TLS);
    }
  }

  @Test
  void aSelfSignedCertificateIsRefused() throws Exception {
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    try (ScriptedServer server = server(own)) {
      assertThat(kind(http(trusting()).get(Request.to(server.uri())))).isEqualTo(Kind.TLS);
    }
  }

  @Test
  void aCertificateForAnotherHostIsRefused() throws Exception {
    HeldCertificate other = signed().addSubjectAlternativeName("sdk.split.io").build();
    try (ScriptedServer server = server(other)) {
      Trouble trouble = trouble(http(trusting()).get(Request.to(server.uri())));
      assertThat(trouble.toString()).contains("127.0.0.1 not verified");
      assertThat(trouble.lasting()).isTrue();
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void aCommonNameAloneProvesNothing() throws Exception {
    try (ScriptedServer server = server(signed().commonName("127.0.0.1").build())) {
      assertThat(kind(http(trusting()).get(Request.to(server.uri())))).isEqualTo(Kind.TLS);
    }
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    try (ScriptedServer server = server(good().validityInterval(0, 1_000).build())) {
      assertThat(kind(http(trusting()).get(Request.to(server.uri())))).isEqualTo(Kind.TLS);
    }
  }

  @Test
  void aServerThatSpeaksOnlyOldTlsIsRefused() throws Exception {
    byte[] protocolVersion = {0x15, 3, 2, 0, 2, 2, 70}; // the fatal alert of a TLS 1.1 server
    try (ScriptedServer server =
        ScriptedServer.plain(
            peer -> {
              peer.socket.getInputStream().read(new byte[4096]);
              peer.send(protocolVersion);
              peer.hold();
            })) {
      URI address = URI.create("https://127.0.0.1:" + server.port());
      assertThat(kind(http(trusting()).get(Request.to(address)))).isEqualTo(Kind.TLS);
    }
  }

  @Test
  void tls13IsSpokenWhereTheServerKnowsIt() throws Exception {
    assertThat(spokenWith(Certificates.server(good().build()))).isEqualTo("TLSv1.3");
  }

  @Test
  void tls12IsSpokenWhereTheServerKnowsNothingNewer() throws Exception {
    assertThat(spokenWith(Certificates.speaking(good().build(), "TLSv1.2"))).isEqualTo("TLSv1.2");
  }

  /** The version of TLS in which a server was asked, as the server has it. */
  private String spokenWith(ServerSocketFactory sockets) throws Exception {
    BlockingQueue<String> spoken = new LinkedBlockingQueue<>();
    try (ScriptedServer server =
        ScriptedServer.tls(
            sockets,
            peer -> {
              spoken.add(((SSLSocket) peer.socket).getSession().getProtocol());
              answer(peer);
            })) {
      assertThat(text(http(trusting()).get(Request.to(server.uri())))).isEqualTo("x");
      return spoken.take();
    }
  }

  @Test
  void aPlainServerIsNeverSpokenToInPlain() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.plain(peer -> peer.send("HTTP/1.1 200 OK\r\n\r\n"))) {
      String address = server.uri().toString().replace("http:", "https:");
      assertThat(kind(http(trusting()).get(Request.to(URI.create(address))))).isEqualTo(Kind.TLS);
    }
  }

  @Test
  void ourCertificateIsShownToAServerThatAsks() throws Exception {
    HeldCertificate client = signed().build();
    ServerSocketFactory asking = Certificates.demanding(good().build());
    try (ScriptedServer server = ScriptedServer.tls(asking, HttpTlsTest::answer)) {
      Path file = Certificates.file(folder, Certificates.key(client));
      TlsSettings tls = trusting().tls().identifiedBy(file, PASSWORD);
      assertThat(text(http(SETTINGS.withTls(tls)).get(Request.to(server.uri())))).isEqualTo("x");
    }
  }

  @Test
  void withoutACertificateSuchAServerRefusesUs() throws Exception {
    ServerSocketFactory asking = Certificates.demanding(good().build());
    try (ScriptedServer server = ScriptedServer.tls(asking, HttpTlsTest::answer)) {
      assertThat(kind(http(trusting()).get(Request.to(server.uri()))))
          .isIn(Kind.TLS, Kind.RESET); // the reset may overtake the alert
    }
  }

  /** The platform's settings are those of all instances in the JVM. */
  @Test
  void nobodyWaitsForAnotherOneToReadTheAuthorities() throws Exception {
    TlsSettings shared = trusting().tls();
    synchronized (shared) {
      assertThat(CompletableFuture.supplyAsync(shared::material))
          .succeedsWithin(Duration.ofSeconds(10));
    }
    assertThat(shared.material()).as("made once").isSameAs(shared.material());
  }

  @Test
  void aTrustStoreIsReadFromAFile() throws Exception {
    Path file = Certificates.file(folder, Certificates.trust(Certificates.AUTHORITY));
    TlsSettings tls = TlsSettings.platform().trusting(file, PASSWORD);
    try (ScriptedServer server = server(good().build())) {
      assertThat(text(http(SETTINGS.withTls(tls)).get(Request.to(server.uri())))).isEqualTo("x");
    }
  }

  @Test
  void managersOfSomebodyElseDecideWhomToTrust() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(Certificates.trust(Certificates.AUTHORITY));
    TlsSettings tls = TlsSettings.platform().managedBy(new KeyManager[0], trust.getTrustManagers());
    try (ScriptedServer server = server(good().build())) {
      HttpSettings settings = SETTINGS.withTls(tls);
      assertThat(text(http(settings).get(Request.to(server.uri())))).isEqualTo("x");
    }
  }

  @Test
  void managersThatKnowNoCertificatesAreRefused() {
    assertThatThrownBy(
            () -> TlsSettings.platform().managedBy(new KeyManager[0], new TrustManager[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The trust managers know no X.509 certificates");
  }

  @Test
  void aKeyStoreThatCannotBeUsedIsAnErrorThatNamesIt() throws Exception {
    Path good = Certificates.file(folder, Certificates.key(signed().build()));
    Path garbage = Files.writeString(folder.resolve("garbage.p12"), "no key store");
    Path missing = folder.resolve("missing.p12");
    Path empty = Certificates.file(folder, Certificates.empty());
    TlsSettings tls = TlsSettings.platform();
    assertThatThrownBy(() -> tls.identifiedBy(good, "wrong".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(good.toString());
    for (Path bad : new Path[] {garbage, missing, empty}) {
      assertThatThrownBy(() -> tls.identifiedBy(bad, PASSWORD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.toString())
          .hasMessageNotContaining("canary");
      assertThatThrownBy(() -> tls.trusting(bad, PASSWORD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.toString());
    }
  }

  private static HeldCertificate.Builder good() {
    return signed().addSubjectAlternativeName("127.0.0.1");
  }

  private static HttpSettings trusting() throws Exception {
    return SETTINGS.withTls(
        TlsSettings.platform().trusting(Certificates.trust(Certificates.AUTHORITY)));
  }

  private static ScriptedServer server(HeldCertificate certificate) throws Exception {
    return ScriptedServer.tls(Certificates.server(certificate), HttpTlsTest::answer);
  }

  private static void answer(ScriptedServer.Peer peer) throws IOException {
    while (peer.request() != null) {
      peer.send(HttpFaultTest.ok("x"));
    }
  }
}
