package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Requests through a proxy, and certificates from Spring Boot's SSL bundles. */
class ProxyAndCertificatesTest extends CloudFixture {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path directory;
  private static Path store;

  @BeforeAll
  static void makeCertificate() throws Exception {
    store = directory.resolve("fake.p12");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                tool,
                "-genkeypair",
                "-alias",
                "fake",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void proxyIsAskedWithUserNameAndPassword() {
    Request request =
        throughProxy("splitio.http.proxy.username=robot", "splitio.http.proxy.password=secret");

    assertThat(request.header("Host")).contains("127.0.0.1:1");
    assertThat(request.header("Proxy-Authorization")).contains("Basic cm9ib3Q6c2VjcmV0");
  }

  @Test
  void proxyIsAskedWithAToken() {
    assertThat(throughProxy("splitio.http.proxy.bearer-token=to-ken").header("Proxy-Authorization"))
        .contains("Bearer to-ken");
  }

  @Test
  void proxyMayNeedNothing() {
    assertThat(throughProxy().header("Proxy-Authorization")).isEmpty();
  }

  /** The cloud of the test stands for the proxy, and notes what it is asked. */
  private Request throughProxy(String... properties) {
    elsewhere
        .withPropertyValues(properties)
        .withPropertyValues(
            "splitio.endpoints.all=http://127.0.0.1:1",
            "splitio.http.proxy.host=127.0.0.1",
            "splitio.http.proxy.port=" + cloud.port(),
            "splitio.ready.block=background")
        .run(context -> cloud.requests().await(request -> true, 1, SOON));
    return cloud.requests().all().get(0);
  }

  @Test
  void certificatesOfABundleAreTrusted() throws Exception {
    try (SplitCloud secure = SplitCloud.startTls(context())) {
      secure.flags().put(Flag.named("checkout").otherwise("v2"));
      trusting()
          .withPropertyValues(
              "splitio.endpoints.all=" + secure.url(), "splitio.http.ssl-bundle=cloud")
          .run(context -> assertThat(treatment(context)).isEqualTo("v2"));
    }
  }

  @Test
  void ownCertificateOfABundleIsShownToTheService() throws Exception {
    try (Asking service = new Asking()) {
      identified()
          .withPropertyValues(
              "splitio.endpoints.all=https://localhost:" + service.port(),
              "splitio.http.ssl-bundle=cloud",
              "splitio.ready.block=background")
          .run(
              context ->
                  assertThat(service.visitor.get(20, TimeUnit.SECONDS)).isEqualTo("CN=localhost"));
    }
  }

  @Test
  void ownCertificateOfABundleIsShownToTheProxy() throws Exception {
    try (Asking proxy = new Asking()) {
      identified()
          .withPropertyValues(
              "splitio.endpoints.all=http://127.0.0.1:1",
              "splitio.http.proxy.host=localhost",
              "splitio.http.proxy.port=" + proxy.port(),
              "splitio.http.proxy.ssl-bundle=cloud",
              "splitio.ready.block=background")
          .run(
              context ->
                  assertThat(proxy.visitor.get(20, TimeUnit.SECONDS)).isEqualTo("CN=localhost"));
    }
  }

  private ApplicationContextRunner trusting() {
    String bundle = "spring.ssl.bundle.jks.cloud.truststore.";
    return elsewhere.withPropertyValues(
        bundle + "location=" + store.toUri(),
        bundle + "password=" + PASSWORD,
        bundle + "type=PKCS12");
  }

  private ApplicationContextRunner identified() {
    String bundle = "spring.ssl.bundle.jks.cloud.keystore.";
    return trusting()
        .withPropertyValues(
            bundle + "location=" + store.toUri(),
            bundle + "password=" + PASSWORD,
            bundle + "type=PKCS12");
  }

  private static SSLContext context() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return made;
  }

  /** Asks its first visitor for a certificate, and closes. */
  private static final class Asking implements AutoCloseable {
    private final SSLServerSocket server;
    private final CompletableFuture<String> visitor;

    private Asking() throws Exception {
      server = (SSLServerSocket) context().getServerSocketFactory().createServerSocket(0);
      server.setNeedClientAuth(true);
      visitor =
          CompletableFuture.supplyAsync(
              () -> {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                  return socket.getSession().getPeerPrincipal().getName();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }

    private int port() {
      return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
