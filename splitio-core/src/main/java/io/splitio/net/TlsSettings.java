package io.splitio.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and who to be in TLS. A key store that cannot be used is an error here, never a
 * silent return to the defaults; passwords are used once and not kept.
 */
public final class TlsSettings {
  private static final TlsSettings PLATFORM = new TlsSettings(null, null);

  private final @Nullable X509TrustManager trust;
  private final KeyManager @Nullable [] identity;
  private final AtomicReference<@Nullable Material> material = new AtomicReference<>();

  private TlsSettings(@Nullable X509TrustManager trust, KeyManager @Nullable [] identity) {
    this.trust = trust;
    this.identity = identity;
  }

  /** The authorities the JVM trusts, and no certificate of our own. */
  public static TlsSettings platform() {
    return PLATFORM;
  }

  /** Trusts the certificates in a PKCS#12 file and no others. */
  public TlsSettings trusting(Path pkcs12, char[] password) {
    return trusting(read("trust store", pkcs12, password), "The trust store " + pkcs12);
  }

  /** Trusts the certificates in a key store and no others. */
  public TlsSettings trusting(KeyStore certificates) {
    return trusting(certificates, "The trust store");
  }

  /** Presents the certificate in a PKCS#12 file to peers that ask for one. */
  public TlsSettings identifiedBy(Path pkcs12, char[] password) {
    return identifiedBy(read("key store", pkcs12, password), password, "The key store " + pkcs12);
  }

  /** Presents the certificate in a key store to peers that ask for one. */
  public TlsSettings identifiedBy(KeyStore certificate, char[] password) {
    return identifiedBy(certificate, password, "The key store");
  }

  /**
   * Trusts and presents what these managers say, as the certificates of a framework come.
   *
   * @throws IllegalArgumentException when no manager of trust is for X.509 certificates
   */
  public TlsSettings managedBy(KeyManager[] identityOf, TrustManager[] trustOf) {
    for (TrustManager manager : trustOf) {
      if (manager instanceof X509TrustManager x509) {
        return new TlsSettings(x509, identityOf.clone());
      }
    }
    throw new IllegalArgumentException("The trust managers know no X.509 certificates");
  }

  /** What a connection needs. */
  record Material(SSLSocketFactory sockets, X509TrustManager trust) {}

  /**
   * Made when first needed, as reading the authorities of the JVM takes a while. Instances that
   * come at the same moment each do so, rather than wait for one another, and share what was first.
   */
  Material material() {
    Material made = material.get();
    return made == null ? first(make()) : made;
  }

  /** The same for the threads of one instance: the first makes it, and the others wait for that. */
  Supplier<Material> madeOnce() {
    return new Supplier<>() {
      @Override
      public synchronized Material get() {
        return material();
      }
    };
  }

  private Material first(Material made) {
    Material before = material.compareAndExchange(null, made);
    return before == null ? made : before;
  }

  private Material make() {
    try {
      X509TrustManager manager = trust == null ? trustManager(null) : trust;
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity, new TrustManager[] {manager}, null);
      return new Material(context.getSocketFactory(), manager);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM cannot set up TLS", e);
    }
  }

  /** Sockets to a proxy that is itself spoken to in TLS. */
  SocketFactory proxySockets() {
    return new ProxySockets(this);
  }

  private TlsSettings trusting(KeyStore certificates, String name) {
    try {
      X509TrustManager manager = trustManager(certificates);
      if (manager.getAcceptedIssuers().length == 0) {
        throw new IllegalArgumentException(
            name + " holds no trusted certificate; add one with keytool -importcert");
      }
      return new TlsSettings(manager, identity);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(name + " cannot be used: " + e.getMessage(), e);
    }
  }

  private TlsSettings identifiedBy(KeyStore certificate, char[] password, String name) {
    try {
      if (Collections.list(certificate.aliases()).stream().noneMatch(holdsKey(certificate))) {
        throw new IllegalArgumentException(name + " holds no private key with its certificate");
      }
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(certificate, password);
      return new TlsSettings(trust, factory.getKeyManagers());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          name + " cannot be used: its private key does not open with the password given", e);
    }
  }

  private static Predicate<String> holdsKey(KeyStore store) {
    return alias -> {
      try {
        return store.isKeyEntry(alias);
      } catch (GeneralSecurityException e) {
        return false;
      }
    };
  }

  private static X509TrustManager trustManager(@Nullable KeyStore certificates)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(certificates);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static KeyStore read(String what, Path file, char[] password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          ("The %s %s cannot be read (%s). It must be a PKCS#12 file, and the password must be its"
                  + " own")
              .formatted(what, file, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Sockets to a proxy that is itself spoken to in TLS, and must prove to be the host it is. */
  private static final class ProxySockets extends SocketFactory {
    private final SSLSocketFactory sockets;

    private ProxySockets(TlsSettings tls) {
      this.sockets = tls.material().sockets();
    }

    @Override
    public Socket createSocket() throws IOException {
      return verifying(sockets.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return verifying(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return verifying(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return verifying(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return verifying(sockets.createSocket(host, port, from, fromPort));
    }

    private static Socket verifying(Socket socket) {
      SSLSocket tls = (SSLSocket) socket;
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      tls.setSSLParameters(parameters);
      return tls;
    }
  }
}
