package io.splitio.net;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import okhttp3.tls.HeldCertificate;

/** Certificates made for one test run, and servers that show them. */
final class Certificates {
  static final char[] PASSWORD = "canary-store-password".toCharArray();
  static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("test authority").build();

  private Certificates() {}

  static HeldCertificate.Builder signed() {
    return new HeldCertificate.Builder().signedBy(AUTHORITY).commonName("test");
  }

  static KeyStore trust(HeldCertificate certificate) throws Exception {
    KeyStore store = empty();
    store.setCertificateEntry("a", certificate.certificate());
    return store;
  }

  static KeyStore key(HeldCertificate certificate) throws Exception {
    KeyStore store = empty();
    boolean selfSigned =
        certificate
            .certificate()
            .getIssuerX500Principal()
            .equals(certificate.certificate().getSubjectX500Principal());
    Certificate[] chain =
        selfSigned
            ? new Certificate[] {certificate.certificate()}
            : new Certificate[] {certificate.certificate(), AUTHORITY.certificate()};
    store.setKeyEntry("a", certificate.keyPair().getPrivate(), PASSWORD, chain);
    return store;
  }

  static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  static Path file(Path folder, KeyStore store) throws Exception {
    Path file = Files.createTempFile(folder, "store", ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }

  /** A factory of TLS server sockets that show this certificate. */
  static SSLServerSocketFactory server(HeldCertificate certificate) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(key(certificate), PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trust(AUTHORITY));
    return context(keys.getKeyManagers(), trust.getTrustManagers()).getServerSocketFactory();
  }

  /** The same, but asking the client for a certificate and insisting on one. */
  static ServerSocketFactory demanding(HeldCertificate certificate) throws Exception {
    return new Adjusted(server(certificate), socket -> socket.setNeedClientAuth(true));
  }

  /** The same, but speaking these versions of TLS only. */
  static ServerSocketFactory speaking(HeldCertificate certificate, String... versions)
      throws Exception {
    return new Adjusted(server(certificate), socket -> socket.setEnabledProtocols(versions));
  }

  private static SSLContext context(KeyManager[] keys, TrustManager[] trust) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(Arrays.copyOf(keys, keys.length), trust, null);
    return context;
  }

  /** A factory whose sockets are adjusted before use. */
  private static final class Adjusted extends ServerSocketFactory {
    private final SSLServerSocketFactory factory;
    private final Consumer<SSLServerSocket> adjustment;

    private Adjusted(SSLServerSocketFactory factory, Consumer<SSLServerSocket> adjustment) {
      this.factory = factory;
      this.adjustment = adjustment;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return createServerSocket(port, 50, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      SSLServerSocket socket = (SSLServerSocket) factory.createServerSocket(port, backlog, address);
      adjustment.accept(socket);
      return socket;
    }
  }
}
