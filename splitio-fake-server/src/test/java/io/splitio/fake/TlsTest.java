package io.splitio.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.fake.http.Fault;
import io.splitio.fake.proxy.FaultProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server over TLS, with a certificate that a test makes for itself. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static SSLContext context;

  private final SplitCloud cloud = SplitCloud.startTls(context);

  @BeforeAll
  static void makeACertificate(@TempDir Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("fake.p12");
    keytool(store);
    context = contextOf(store);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void aClientThatTrustsTheCertificateIsAnswered() throws IOException, InterruptedException {
    assertThat(cloud.url()).startsWith("https://localhost:");
    assertThat(ask(trusting(), cloud.url()).body()).startsWith("{\"ff\":");
    assertThat(cloud.requests().of(Endpoint.SPLIT_CHANGES)).hasSize(1);
  }

  @Test
  void aClientThatDoesNotTrustItSendsNothing() {
    HttpClient wary = HttpClient.newHttpClient();
    assertThatThrownBy(() -> ask(wary, cloud.url())).isInstanceOf(SSLHandshakeException.class);
    assertThat(cloud.requests().all()).isEmpty();
  }

  @Test
  void theStreamIsWrittenAtOnceAndEndsWhenItIsDropped() throws IOException, InterruptedException {
    HttpClient client = trusting();
    String token = cloud.authentication().answer().replaceAll(".*\"token\":\"|\".*", "");
    URI uri = URI.create(cloud.url("/sse?channels=control_pri&accessToken=" + token));
    HttpResponse<InputStream> stream =
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
    cloud.streaming().awaitConnections(1, Duration.ofSeconds(10));
    cloud.streaming().raw("data: hello\n\n");
    assertThat(stream.body().readNBytes(13)).asString().isEqualTo("data: hello\n\n");
    cloud.streaming().drop();
    assertThatThrownBy(() -> stream.body().readAllBytes()).isInstanceOf(IOException.class);
    cloud.streaming().awaitConnections(0, Duration.ofSeconds(10));
  }

  @Test
  void anAnswerIsCutOffInTheMiddleOfTls() {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.truncate(5));
    assertThatThrownBy(() -> ask(trusting(), cloud.url())).isInstanceOf(IOException.class);
    assertThat(cloud.faults().happened()).isEqualTo(1);
  }

  @Test
  void tlsPassesThroughTheFaultProxyUntilItIsCorrupted() throws IOException, InterruptedException {
    try (FaultProxy proxy = FaultProxy.to(URI.create(cloud.url()))) {
      assertThat(ask(trusting(), proxy.url()).statusCode()).isEqualTo(200);
      proxy.toClient().corruptAt(100);
      assertThatThrownBy(() -> ask(trusting(), proxy.url())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFeatBitServerSpeaksItToo() throws IOException, InterruptedException {
    try (FeatBitServer server = FeatBitServer.startTls(context, "secret")) {
      assertThat(server.streaming()).hasScheme("wss").hasHost("localhost");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.events() + "/api/public/sdk/server/latest-all"))
              .timeout(Duration.ofSeconds(10))
              .header("Authorization", "secret")
              .build();
      assertThat(trusting().send(request, BodyHandlers.ofString()).body()).contains("data-sync");
    }
  }

  private static HttpResponse<String> ask(HttpClient client, String url)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/splitChanges?s=1.3&since=-1&rbSince=-1"))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer key")
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpClient trusting() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context).build();
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options =
        "-genkeypair -alias fake -keyalg EC -dname CN=localhost -validity 2"
            + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -storepass changeit";
    Process process =
        new ProcessBuilder((tool + " " + options + " -keystore " + store).split(" ", -1))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static SSLContext contextOf(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return made;
  }
}
