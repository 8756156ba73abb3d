package io.splitio.spring.redis;

import io.splitio.backend.redis.RedisConnector;
import io.splitio.backend.redis.RedisTls;
import io.splitio.spring.autoconfigure.HttpProperties;
import io.splitio.spring.autoconfigure.SplitioStartException;
import io.splitio.spring.redis.RedisProperties.Verify;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;

/** Talks TLS with the certificates of a bundle, or with the platform's. */
record RedisCertificates(RedisProperties redis, ObjectProvider<SslBundles> bundles) {
  private static final String BUNDLE = RedisProperties.PREFIX + ".ssl.bundle";
  private static final String ENABLED = RedisProperties.PREFIX + ".ssl.enabled";
  private static final String VERIFY = RedisProperties.PREFIX + ".ssl.verify";

  /** As the properties have it. */
  RedisConnector secured(RedisConnector connector) {
    String bundle = redis.ssl().bundle();
    String why = null;
    if (isOfTls(redis.url())) {
      why = RedisProperties.PREFIX + ".url starts with rediss.";
    } else if (bundle != null) {
      why = BUNDLE + " is set.";
    }
    return isWanted(why)
        ? with(connector, bundle == null ? null : HttpProperties.bundle(BUNDLE, bundle, bundles))
        : connector;
  }

  /**
   * As Spring Boot has it: with the certificates it uses, or with the platform's where it has none
   * and its address says TLS all the same.
   *
   * @param url Spring Boot's address, or null when it was not told one
   */
  RedisConnector shared(
      RedisConnector connector, @Nullable SslBundle bundle, @Nullable String url) {
    String why = null;
    if (bundle != null) {
      why = "Spring Boot talks TLS to this Redis.";
    } else if (isOfTls(url)) {
      why = "spring.data.redis.url starts with rediss.";
    }
    return isWanted(why) ? with(connector, readable(bundle)) : connector;
  }

  /** The same; one that cannot be read ends the start. */
  private static @Nullable SslBundle readable(@Nullable SslBundle bundle) {
    try {
      return bundle == null ? null : HttpProperties.readable(bundle);
    } catch (RuntimeException unusable) {
      throw new SplitioStartException(
          "splitio.redis.use-spring-data-redis is true, and the certificates of the Redis of Spring"
              + " Boot cannot be used: "
              + unusable.getMessage(),
          "Correct the bundle, which spring.data.redis.ssl.bundle names unless a bean with"
              + " connection details brings its own.");
    }
  }

  private static boolean isOfTls(@Nullable String url) {
    return url != null && url.regionMatches(true, 0, "rediss:", 0, "rediss:".length());
  }

  /** Whether there is to be TLS, for a reason that is given or because it is switched on. */
  private boolean isWanted(@Nullable String why) {
    RedisProperties.Ssl ssl = redis.ssl();
    if (Boolean.FALSE.equals(ssl.enabled()) && why != null) {
      throw new SplitioStartException(ENABLED + " is false, but " + why, "Remove one of them.");
    }
    boolean wanted = why != null || Boolean.TRUE.equals(ssl.enabled());
    if (!wanted && ssl.verify() != Verify.FULL) {
      throw new SplitioStartException(
          VERIFY + " is set, and nothing says that Redis is talked to in TLS.",
          "Set " + ENABLED + "=true, or remove " + VERIFY + ".");
    }
    return wanted;
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
}
