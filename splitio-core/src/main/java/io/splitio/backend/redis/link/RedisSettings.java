package io.splitio.backend.redis.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and how to talk to it.
 *
 * @param address where it is
 * @param prefix what the Synchronizer puts before every key, or nothing
 * @param login who asks
 * @param times how long anything may take
 */
public record RedisSettings(Address address, String prefix, Login login, Times times) {

  /**
   * One server.
   *
   * @param host its name or address
   * @param port its port
   * @param database the number of the database
   * @param tls whether to talk TLS
   */
  public record Address(String host, int port, int database, boolean tls) {
    @Override
    public String toString() {
      return (tls ? "rediss" : "redis") + "://" + host + ":" + port + "/" + database;
    }
  }

  /**
   * Who asks. Never shown.
   *
   * @param user the user, or null for the default one
   * @param password the password, or null when none is asked for
   */
  public record Login(@Nullable String user, @Nullable String password) {
    public static final Login NONE = new Login(null, null);

    @Override
    public String toString() {
      return password == null ? "no login" : "a login";
    }
  }

  /**
   * How long anything may take.
   *
   * @param connect until a connection is made
   * @param command until a command off the path of calls is answered
   * @param call until a call is answered
   * @param copies how long a local copy is served without asking; zero for never
   * @param stale how old a copy may be that is served while Redis does not answer
   */
  public record Times(
      Duration connect, Duration command, Duration call, Duration copies, Duration stale) {
    public static final Times DEFAULTS =
        new Times(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10));
  }

  public RedisSettings with(Address other) {
    return new RedisSettings(other, prefix, login, times);
  }

  public RedisSettings withPrefix(String other) {
    return new RedisSettings(address, other, login, times);
  }

  public RedisSettings with(Login other) {
    return new RedisSettings(address, prefix, other, times);
  }

  public RedisSettings with(Times other) {
    return new RedisSettings(address, prefix, login, other);
  }

  public RedisKeys keys() {
    return RedisKeys.below(prefix);
  }
}
