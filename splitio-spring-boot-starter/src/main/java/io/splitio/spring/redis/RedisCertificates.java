package io.splitio.spring.redis;

import io.splitio.backend.redis.RedisConnector;
import io.splitio.backend.redis.RedisTls;
import io.splitio.spring.autoconfigure.SplitioStartException;
import io.splitio.spring.redis.RedisProperties.Verify;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;

/** Talks TLS with the certificates of a bundle, or with the platform's. */
record RedisCertificates(RedisProperties redis, ObjectProvider<SslBundles> bundles) {
  private static final String BUNDLE = RedisProperties.PREFIX + ".ssl.bundle";
  private static final String ENABLED = RedisProperties.PREFIX + ".ssl.enabled";

  /** As the properties have it. */
  RedisConnector secured(RedisConnector connector) {
    RedisProperties.Ssl ssl = redis.ssl();
    boolean byUrl = redis.url() != null && redis.url().startsWith("rediss:");
    if (Boolean.FALSE.equals(ssl.enabled()) && (byUrl || ssl.bundle() != null)) {
      throw new SplitioStartException(
          ENABLED
              + " is false, but "
              + (byUrl ? RedisProperties.PREFIX + ".url starts with rediss." : BUNDLE + " is set."),
          "Remove one of them.");
    }
    boolean wanted = byUrl || ssl.bundle() != null || Boolean.TRUE.equals(ssl.enabled());
    return wanted ? with(connector, ssl.bundle() == null ? null : bundle(ssl.bundle())) : connector;
  }

  /** With the certificates that Spring Boot uses, or without TLS where it uses none. */
  RedisConnector shared(RedisConnector connector, @Nullable SslBundle bundle) {
    return bundle == null ? connector : with(connector, bundle);
  }

  private RedisConnector with(RedisConnector connector, @Nullable SslBundle bundle) {
    RedisTls tls = bundle == null ? RedisTls.platform() : managed(bundle.getManagers());
    Verify verify = redis.ssl().verify();
    if (verify == Verify.NONE) {
      return connector.tls(tls.withoutVerification());
    }
    return connector.tls(verify == Verify.CA ? tls.withoutHostNameCheck() : tls);
  }

  private static RedisTls managed(SslManagerBundle managers) {
    return RedisTls.platform()
        .trusting(managers.getTrustManagerFactory())
        .identifiedBy(managers.getKeyManagerFactory());
  }

  private SslBundle bundle(String name) {
    SslBundles all = bundles.getIfAvailable();
    try {
      if (all == null) {
        throw new NoSuchSslBundleException(name, "there are no bundles");
      }
      return all.getBundle(name);
    } catch (NoSuchSslBundleException unknown) {
      throw SplitioStartException.invalid(
          BUNDLE,
          '"' + name + '"',
          "It must be the name of a bundle below spring.ssl.bundle; there "
              + (all == null || all.getBundleNames().isEmpty()
                  ? "are none."
                  : "are: " + String.join(", ", all.getBundleNames()) + "."));
    } catch (IllegalStateException | IllegalArgumentException unusable) {
      throw SplitioStartException.invalid(
          BUNDLE, '"' + name + '"', "The bundle cannot be used: " + unusable.getMessage());
    }
  }
}
