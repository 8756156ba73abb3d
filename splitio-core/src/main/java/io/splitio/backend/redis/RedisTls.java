package io.splitio.backend.redis;

import static java.util.stream.Collectors.joining;

import io.splitio.backend.redis.settings.Tls;
import io.splitio.backend.redis.settings.Tls.Checks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How connections to Redis are secured: whom to trust, who to be, and what is checked. Everything
 * is checked unless told otherwise: who issued the certificate of a server, and that it is for the
 * host that was asked for.
 *
 * <p>Immutable: each method returns a changed copy. What is not of the form that is wanted is
 * refused at once; what is in PEM files is read again when connections are made. Whether a key
 * belongs to its certificate turns out there.
 */
public final class RedisTls {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final Tls tls;

  private RedisTls(Tls tls) {
    this.tls = tls;
  }

  Tls settings() {
    return tls;
  }

  /** Trusts whom the JVM trusts, and presents no certificate. */
  public static RedisTls platform() {
    return new RedisTls(Tls.PLATFORM);
  }

  /** Trusts the certificates in a PEM file and no others. */
  public RedisTls trusting(Path pem) {
    Tls.Trust trust = new Tls.TrustPem(readable("The trusted certificates", pem));
    requireUsable(new Tls(trust, null, Checks.FULL), pem);
    return with(trust);
  }

  /** Trusts the certificates in a PKCS#12 or JKS file and no others. */
  public RedisTls trusting(Path store, char[] password) {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(read("The trust store", store, password));
      return trusting(managers);
    } catch (GeneralSecurityException e) {
      throw unusable("The trust store", store, e);
    }
  }

  /** Has somebody else decide whom to trust. */
  public RedisTls trusting(TrustManagerFactory managers) {
    return with(new Tls.TrustManaged(managers));
  }

  /** Presents a certificate from PEM files; the key is in the form PKCS#8, without a password. */
  public RedisTls identifiedBy(Path certificate, Path key) {
    return identifiedBy(certificate, key, new char[0]);
  }

  /** Presents a certificate from PEM files; the key is in the form PKCS#8. */
  public RedisTls identifiedBy(Path certificate, Path key, char[] password) {
    Tls.Identity identity =
        new Tls.IdentityPem(
            readable("The client certificate", certificate),
            readable("The key of the client certificate", key),
            password.clone());
    requireUsable(new Tls(null, identity, Checks.FULL), certificate, key);
    return with(identity);
  }

  /** Presents the certificate in a PKCS#12 or JKS file. */
  public RedisTls identifiedBy(Path store, char[] password) {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(read("The key store", store, password), password);
      return identifiedBy(managers);
    } catch (GeneralSecurityException e) {
      throw unusable("The key store", store, e);
    }
  }

  /** Has somebody else present a certificate. */
  public RedisTls identifiedBy(KeyManagerFactory managers) {
    return with(new Tls.IdentityManaged(managers));
  }

  /**
   * Does not check that the certificate of a server is for the host that was asked for, as when the
   * nodes of a cluster name one another by address.
   */
  public RedisTls withoutHostNameCheck() {
    return new RedisTls(new Tls(tls.trust(), tls.identity(), Checks.ISSUER));
  }

  /**
   * Does not check who a server is at all. Whoever is on the way can read and change everything.
   */
  public RedisTls withoutVerification() {
    log.warn(
        "The certificate of Redis is not checked: whoever is on the way can read and change"
            + " everything, the password included");
    return new RedisTls(new Tls(tls.trust(), tls.identity(), Checks.NONE));
  }

  private RedisTls with(Tls.Trust trust) {
    return new RedisTls(new Tls(trust, tls.identity(), tls.checks()));
  }

  private RedisTls with(Tls.Identity identity) {
    return new RedisTls(new Tls(tls.trust(), identity, tls.checks()));
  }

  private static Path readable(String what, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException(
          what + " (" + file + ") cannot be read; it must be a file in the form PEM");
    }
    return file;
  }

  private static void requireUsable(Tls part, Path... files) {
    RedisConnector.requireLettuce();
    try {
      part.tryOut();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).replaceFirst("[.\\s]+$", "");
      throw new IllegalArgumentException(
          "What is in "
              + Stream.of(files).map(Path::toString).collect(joining(" and "))
              + " cannot be used: "
              + reason
              + ". Certificates must be X.509 and keys PKCS#8, in the form PEM, with the password of"
              + " the key where it has one",
          e);
    }
  }

  private static KeyStore read(String what, Path file, char[] password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(in, password);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(what, file, e);
    }
  }

  private static IllegalArgumentException unusable(String what, Path file, Exception cause) {
    return new IllegalArgumentException(
        what
            + " "
            + file
            + " cannot be used: "
            + cause.getMessage()
            + "; it must be PKCS#12 or JKS",
        cause);
  }
}
