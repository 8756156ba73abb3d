package io.splitio.backend.redis.settings;

import io.lettuce.core.SslOptions;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How connections are secured.
 *
 * @param trust whom to trust, or null for those whom the JVM trusts
 * @param identity who to be, or null for nobody in particular
 * @param checks what is checked
 */
public record Tls(@Nullable Trust trust, @Nullable Identity identity, Checks checks) {
  public static final Tls PLATFORM = new Tls(null, null, Checks.FULL);

  /** What is checked of the certificate of a server. */
  public enum Checks {
    /** Who issued it, and that it is for this host. */
    FULL,
    /** Who issued it. */
    ISSUER,
    /** Nothing. */
    NONE
  }

  /** Whom to trust. */
  public sealed interface Trust {
    /** Adds this. */
    void addTo(SslOptions.Builder options);
  }

  /** Who to be. */
  public sealed interface Identity {
    /** Adds this. */
    void addTo(SslOptions.Builder options);
  }

  /**
   * Certificates in a PEM file.
   *
   * @param file the file
   */
  public record TrustPem(Path file) implements Trust {
    @Override
    public void addTo(SslOptions.Builder options) {
      options.trustManager(file.toFile());
    }
  }

  /**
   * Certificates somebody else keeps, or a store of them.
   *
   * @param managers who decides
   */
  public record TrustManaged(TrustManagerFactory managers) implements Trust {
    @Override
    public void addTo(SslOptions.Builder options) {
      options.trustManager(managers);
    }
  }

  /**
   * A certificate and its key in PEM files.
   *
   * @param certificate the certificate, with those that issued it
   * @param key its key (PKCS#8)
   * @param password of the key; empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed or compared
  public record IdentityPem(Path certificate, Path key, char[] password) implements Identity {
    @Override
    public void addTo(SslOptions.Builder options) {
      options.keyManager(
          certificate.toFile(), key.toFile(), password.length == 0 ? null : password);
    }

    @Override
    public String toString() {
      return certificate.toString();
    }
  }

  /**
   * A certificate somebody else keeps, or a store of one.
   *
   * @param managers who presents it
   */
  public record IdentityManaged(KeyManagerFactory managers) implements Identity {
    @Override
    public void addTo(SslOptions.Builder options) {
      options.keyManager(managers);
    }
  }

  /**
   * Reads what connections will read.
   *
   * @throws IOException when a file cannot be read
   * @throws GeneralSecurityException when it has no certificates that can be used
   * @throws IllegalArgumentException when it has none at all, or no key
   */
  public void tryOut() throws IOException, GeneralSecurityException {
    SslContextBuilder unused = options().createSslContextBuilder();
  }

  /** The same, as Lettuce wants it. */
  public SslOptions options() {
    SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
    if (trust != null) {
      trust.addTo(options);
    }
    if (identity != null) {
      identity.addTo(options);
    }
    return options.build();
  }
}
