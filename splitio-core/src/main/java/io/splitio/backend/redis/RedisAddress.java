package io.splitio.backend.redis;

import io.splitio.backend.redis.link.Address;
import io.splitio.backend.redis.link.Address.Node;
import io.splitio.backend.redis.link.RedisSettings;
import io.splitio.backend.redis.link.RedisSettings.Login;
import io.splitio.backend.redis.link.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the address of a server as one writes it; what is wrong is told without the password. */
final class RedisAddress {
  private static final String EXPECTED =
      "; write it like redis://localhost:6379/0, or rediss:// for TLS";

  private RedisAddress() {}

  static RedisSettings parsed(String uri) {
    URI parsed;
    try {
      parsed = new URI(uri);
    } catch (URISyntaxException e) { // its message would show the password
      throw new IllegalArgumentException("the address of Redis is no address" + EXPECTED);
    }
    boolean tls = "rediss".equals(parsed.getScheme());
    if (!tls && !"redis".equals(parsed.getScheme())) {
      throw new IllegalArgumentException(
          "the address of Redis begins with '" + parsed.getScheme() + ":'" + EXPECTED);
    }
    if (parsed.getHost() == null) {
      throw new IllegalArgumentException("the address of Redis has no host" + EXPECTED);
    }
    int port = parsed.getPort() < 0 ? Address.PORT : parsed.getPort();
    return new RedisSettings(
        new Address.Single(new Node(parsed.getHost(), port), database(parsed.getPath())),
        login(parsed.getUserInfo()),
        tls ? Tls.PLATFORM : null);
  }

  private static int database(@Nullable String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    try {
      return checkedDatabase(Integer.parseInt(path.substring(1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the address of Redis has the database '" + path.substring(1) + "'" + EXPECTED, e);
    }
  }

  static int checkedDatabase(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("the database is " + number + "; it must be 0 or more");
    }
    return number;
  }

  private static Login login(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return Login.NONE;
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? "" : userInfo.substring(0, colon);
    return Login.of(user.isEmpty() ? null : user, userInfo.substring(colon + 1));
  }
}
