package io.splitio.backend.redis;

import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.backend.redis.settings.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the address of a server as one writes it; what is wrong is told without the password. */
final class RedisAddress {
  private static final String EXPECTED =
      "; write it like redis://localhost:6379/0, or rediss:// for TLS";

  private static final int HIGHEST_PORT = 65_535;

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
    refuseMore(parsed);
    String authority = parsed.getAuthority();
    if (authority == null) {
      throw new IllegalArgumentException("the address of Redis has no host" + EXPECTED);
    }
    int at = authority.lastIndexOf('@');
    return new RedisSettings(
        new Address.Single(node(parsed, authority.substring(at + 1)), database(parsed.getPath())),
        at < 0 ? Login.NONE : login(authority.substring(0, at)),
        tls ? Tls.PLATFORM : null);
  }

  /** Nothing is quoted, as it may be what a password goes on with that is not escaped. */
  private static void refuseMore(URI parsed) {
    if (parsed.getRawQuery() != null || parsed.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the address of Redis has a part after '"
              + (parsed.getRawQuery() != null ? '?' : '#')
              + "', which is not read; options have settings of their own, and in a password '?'"
              + " is written %3F and '#' %23"
              + EXPECTED);
    }
  }

  /** The host of a URI has no underscore, but that of a container may. */
  private static Node node(URI parsed, String hostAndPort) {
    if (parsed.getHost() != null) {
      return node(parsed.getHost(), parsed.getPort() < 0 ? Address.PORT : parsed.getPort());
    }
    int colon = hostAndPort.lastIndexOf(':');
    String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the address of Redis has no host" + EXPECTED);
    }
    try {
      return node(
          host, colon < 0 ? Address.PORT : Integer.parseInt(hostAndPort.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw noPort();
    }
  }

  private static Node node(String host, int port) {
    if (port < 1 || port > HIGHEST_PORT) {
      throw noPort();
    }
    return new Node(host, port);
  }

  /** Shows nothing of what may be a password. */
  private static IllegalArgumentException noPort() {
    return new IllegalArgumentException(
        "the address of Redis has a port that is no number from 1 to 65535; in a password '/' is"
            + " written %2F"
            + EXPECTED);
  }

  private static int database(@Nullable String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    try {
      return checkedDatabase(Integer.parseInt(path.substring(1)));
    } catch (NumberFormatException e) { // its message would show what may be a password
      throw new IllegalArgumentException(
          "the address of Redis has a database that is no number; in a password '/' is written"
              + " %2F"
              + EXPECTED);
    }
  }

  static int checkedDatabase(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("the database is " + number + "; it must be 0 or more");
    }
    return number;
  }

  private static Login login(String userInfo) {
    if (userInfo.isEmpty()) {
      return Login.NONE;
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? "" : userInfo.substring(0, colon);
    return Login.of(user.isEmpty() ? null : user, userInfo.substring(colon + 1));
  }
}
