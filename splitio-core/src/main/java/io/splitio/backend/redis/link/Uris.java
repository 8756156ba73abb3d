package io.splitio.backend.redis.link;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.splitio.backend.redis.link.RedisSettings.Login;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Addresses as Lettuce wants them. */
final class Uris {
  private Uris() {}

  static RedisURI.Builder secured(RedisURI.Builder uri, @Nullable Tls tls, Login login) {
    if (tls != null) {
      uri.withSsl(true).withVerifyPeer(tls.checks().mode());
    }
    Supplier<char[]> password = login.password();
    if (password != null) {
      uri.withAuthentication(
          () -> Mono.fromSupplier(() -> RedisCredentials.just(login.user(), password.get())));
    }
    return uri;
  }
}
