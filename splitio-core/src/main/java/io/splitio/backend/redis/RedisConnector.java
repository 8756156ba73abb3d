package io.splitio.backend.redis;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.Services;
import io.splitio.backend.redis.link.RedisSettings;
import io.splitio.backend.redis.link.RedisSettings.Address;
import io.splitio.backend.redis.link.RedisSettings.Login;
import io.splitio.backend.redis.link.RedisSettings.Times;
import io.splitio.backend.redis.link.Wires;
import io.splitio.backend.redis.read.RedisSource;
import io.splitio.backend.redis.write.RedisSinks;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flags from a Redis that the Split Synchronizer fills; what happened goes back into it, for the
 * Synchronizer to send on. Needs Lettuce on the class path.
 *
 * <p>Immutable: each method returns a changed copy. Safe for use by any thread.
 */
public final class RedisConnector implements Connector {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final int PORT = 6379;
  private static final int HIGHEST_PORT = 65_535;
  private static final String EXPECTED =
      "; write it like redis://localhost:6379/0, or rediss:// for TLS";

  private final RedisSettings settings;

  private RedisConnector(RedisSettings settings) {
    this.settings = settings;
  }

  /**
   * One server: {@code redis://user:password@host:6379/0}, or {@code rediss://} for TLS. All but
   * the host may be left out.
   *
   * @throws IllegalArgumentException when it is no such address
   */
  public static RedisConnector uri(String uri) {
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
    Address address =
        new Address(
            parsed.getHost(),
            parsed.getPort() < 0 ? PORT : parsed.getPort(),
            database(parsed.getPath()),
            tls);
    return new RedisConnector(
        new RedisSettings(address, "", login(parsed.getUserInfo()), Times.DEFAULTS));
  }

  private static int database(@Nullable String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    try {
      return checkedDatabase(Integer.parseInt(path.substring(1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the address of Redis has the database '" + path.substring(1) + "'" + EXPECTED);
    }
  }

  private static Login login(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return Login.NONE;
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? "" : userInfo.substring(0, colon);
    return new Login(user.isEmpty() ? null : user, userInfo.substring(colon + 1));
  }

  /** One server without TLS. */
  public static RedisConnector host(String host, int port) {
    if (host.isBlank() || port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "the address of Redis is '"
              + host
              + "' and "
              + port
              + "; it must be a host and a port from 1 to "
              + HIGHEST_PORT);
    }
    return new RedisConnector(
        new RedisSettings(new Address(host, port, 0, false), "", Login.NONE, Times.DEFAULTS));
  }

  /**
   * What the Synchronizer puts before every key, exactly as it is written there; default nothing.
   */
  public RedisConnector prefix(String prefix) {
    if (prefix.endsWith(".") || prefix.chars().anyMatch(c -> c <= ' ' || "*?[]".indexOf(c) >= 0)) {
      log.warn(
          "The prefix '{}' is unusual: it ends with a dot, or has spaces or one of *?[]. It is used"
              + " as it is, and the Synchronizer must have the same one",
          prefix);
    }
    return new RedisConnector(settings.withPrefix(prefix));
  }

  /** Who asks, where Redis has users (Redis 6 or newer). */
  public RedisConnector login(String user, String password) {
    return new RedisConnector(settings.with(new Login(user, password)));
  }

  /** The password, where Redis has one and no users. */
  public RedisConnector password(String password) {
    return new RedisConnector(settings.with(new Login(null, password)));
  }

  /** The number of the database; default 0. */
  public RedisConnector database(int number) {
    Address old = settings.address();
    return new RedisConnector(
        settings.with(new Address(old.host(), old.port(), checkedDatabase(number), old.tls())));
  }

  private static int checkedDatabase(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("the database is " + number + "; it must be 0 or more");
    }
    return number;
  }

  /** How long making a connection may take; default 2 s. */
  public RedisConnector connectTimeout(Duration longest) {
    Times t = settings.times();
    return with(
        new Times(
            positive("connectTimeout", longest), t.command(), t.call(), t.copies(), t.stale()));
  }

  /** How long an answer may take that no call waits for; default 2 s. */
  public RedisConnector commandTimeout(Duration longest) {
    Times t = settings.times();
    return with(
        new Times(
            t.connect(), positive("commandTimeout", longest), t.call(), t.copies(), t.stale()));
  }

  /**
   * How long a call may take, whatever it asks for; default 250 ms. Then it is answered from older
   * copies, or with control.
   */
  public RedisConnector callBudget(Duration longest) {
    Times t = settings.times();
    return with(
        new Times(
            t.connect(), t.command(), positive("callBudget", longest), t.copies(), t.stale()));
  }

  /**
   * How long a definition is served without asking Redis whether it changed; default 5 s, zero to
   * ask at every call.
   */
  public RedisConnector localCopies(Duration fresh) {
    Times t = settings.times();
    return with(
        new Times(
            t.connect(), t.command(), t.call(), notNegative("localCopies", fresh), t.stale()));
  }

  /**
   * How old a definition may be that is served while Redis does not answer; default 10 minutes,
   * zero for never.
   */
  public RedisConnector staleOnErrorMax(Duration oldest) {
    Times t = settings.times();
    return with(
        new Times(
            t.connect(),
            t.command(),
            t.call(),
            t.copies(),
            notNegative("staleOnErrorMax", oldest)));
  }

  private RedisConnector with(Times times) {
    return new RedisConnector(settings.with(times));
  }

  private static Duration positive(String what, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(what + " is " + value + "; it must be longer than zero");
    }
    return value;
  }

  private static Duration notNegative(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(what + " is " + value + "; it must be zero or longer");
    }
    return value;
  }

  @Override
  public Backend connect(Services services) {
    requireLettuce();
    Wires wires = new Wires(settings, services.threads().apply("redis"));
    return new Backend(
        "redis",
        new RedisSource(settings, services, wires),
        new RedisSinks(settings, services, wires));
  }

  private static void requireLettuce() {
    try {
      Class.forName("io.lettuce.core.RedisClient", false, RedisConnector.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new IllegalArgumentException(
          "Flags from Redis need Lettuce, which is not on the class path. Add the dependency"
              + " io.lettuce:lettuce-core.",
          missing);
    }
  }

  @Override
  public String environment() {
    return settings.address() + "#" + settings.prefix();
  }

  @Override
  public String environmentInWords() {
    return "this Redis and prefix";
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RedisConnector[" + settings.address() + ", prefix=" + settings.prefix() + "]";
  }
}
