package io.splitio.backend.redis.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.backend.redis.settings.Tls;
import io.splitio.backend.redis.settings.Tls.Checks;
import org.jspecify.annotations.Nullable;

/** Addresses as Lettuce wants them. */
final class Uris {
  private Uris() {}

  /** The password is one that was told already: Lettuce would wait for it on whatever thread. */
  static RedisURI.Builder secured(
      RedisURI.Builder uri, @Nullable Tls tls, Login login, char @Nullable [] password) {
    if (tls != null) {
      uri.withSsl(true).withVerifyPeer(mode(tls.checks()));
    }
    String user = login.user();
    if (password != null && user != null) {
      uri.withAuthentication(user, password);
    } else if (password != null) {
      uri.withPassword(password);
    }
    return uri;
  }

  private static SslVerifyMode mode(Checks checks) {
    return switch (checks) {
      case FULL -> SslVerifyMode.FULL;
      case ISSUER -> SslVerifyMode.CA;
      case NONE -> SslVerifyMode.NONE;
    };
  }
}
