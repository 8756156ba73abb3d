package io.splitio.backend.redis.settings;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and how to talk to it.
 *
 * @param address where it is
 * @param prefix what the Synchronizer puts before every key, or nothing
 * @param login who asks
 * @param tls how connections are secured, or null when they are not
 * @param times how long anything may take
 * @param choices what is a matter of taste
 */
public record RedisSettings(
    Address address, String prefix, Login login, @Nullable Tls tls, Times times, Choices choices) {

  /** What applies where nothing else is said. */
  public RedisSettings(Address address, Login login, @Nullable Tls tls) {
    this(address, "", login, tls, Times.DEFAULTS, Choices.DEFAULTS);
  }

  /**
   * Who asks. Never shown.
   *
   * @param user the user, or null for the default one
   * @param password tells the password at each connection; null when none is asked for
   */
  public record Login(@Nullable String user, @Nullable Supplier<char[]> password) {
    public static final Login NONE = new Login(null, null);

    /** One whose password stays the same. */
    public static Login of(@Nullable String user, String password) {
      return new Login(user, password::toCharArray);
    }

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
   * @param grace how long what is held is served when everything vanished from Redis at once
   */
  public record Times(
      Duration connect,
      Duration command,
      Duration call,
      Duration copies,
      Duration stale,
      Duration grace) {
    public static final Times DEFAULTS =
        new Times(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Duration.ofSeconds(60));

    /** How long a reply may be of use to somebody: a call may be patient. */
    public Duration longest() {
      return call.compareTo(command) > 0 ? call : command;
    }

    public Times withConnect(Duration longest) {
      return new Times(longest, command, call, copies, stale, grace);
    }

    public Times withCommand(Duration longest) {
      return new Times(connect, longest, call, copies, stale, grace);
    }

    public Times withCall(Duration longest) {
      return new Times(connect, command, longest, copies, stale, grace);
    }

    public Times withCopies(Duration fresh) {
      return new Times(connect, command, call, fresh, stale, grace);
    }

    public Times withStale(Duration oldest) {
      return new Times(connect, command, call, copies, oldest, grace);
    }

    public Times withGrace(Duration longest) {
      return new Times(connect, command, call, copies, stale, longest);
    }
  }

  /**
   * What is a matter of taste.
   *
   * @param retriesReads whether a read that was lost with its connection is asked again
   * @param resends whether items that Redis may have or not are sent again, once
   * @param pushed whether Redis is asked to tell of changes
   * @param requiresFlags whether it takes flags to be ready, and not only Redis
   */
  public record Choices(
      boolean retriesReads, boolean resends, boolean pushed, boolean requiresFlags) {
    public static final Choices DEFAULTS = new Choices(false, false, true, false);
  }

  public RedisSettings with(Address other) {
    return new RedisSettings(other, prefix, login, tls, times, choices);
  }

  public RedisSettings withPrefix(String other) {
    return new RedisSettings(address, other, login, tls, times, choices);
  }

  public RedisSettings with(Login other) {
    return new RedisSettings(address, prefix, other, tls, times, choices);
  }

  public RedisSettings with(Tls other) {
    return new RedisSettings(address, prefix, login, other, times, choices);
  }

  public RedisSettings with(Times other) {
    return new RedisSettings(address, prefix, login, tls, other, choices);
  }

  public RedisSettings with(Choices other) {
    return new RedisSettings(address, prefix, login, tls, times, other);
  }

  /** The names of all keys. */
  public RedisKeys keys() {
    return address.keys(prefix);
  }
}
