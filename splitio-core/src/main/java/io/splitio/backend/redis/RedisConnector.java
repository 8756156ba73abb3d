package io.splitio.backend.redis;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.Services;
import io.splitio.backend.redis.link.Wires;
import io.splitio.backend.redis.read.RedisSource;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Choices;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.backend.redis.settings.RedisSettings.Times;
import io.splitio.backend.redis.write.RedisSinks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
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
  private static final Duration LONGEST = Duration.ofDays(1);

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
    return new RedisConnector(RedisAddress.parsed(uri));
  }

  /** One server. */
  public static RedisConnector host(String host, int port) {
    return at(new Address.Single(new Node(host, port), 0));
  }

  /** One server on this machine; needs a native transport of Netty, such as epoll. */
  public static RedisConnector unixSocket(Path socket) {
    return at(new Address.UnixSocket(socket, 0));
  }

  /**
   * The server that sentinels name as their master, which all reads and writes go to.
   *
   * @param master the name that the sentinels have for it
   * @param sentinels the sentinels, each as {@code host:port}; port 26379 when it is left out
   */
  public static RedisConnector sentinels(String master, List<String> sentinels) {
    return at(
        new Address.Sentinels(
            master,
            sentinels.stream().map(node -> Node.parse(node, Address.SENTINEL_PORT)).toList(),
            0,
            Login.NONE,
            true));
  }

  /**
   * A cluster. All keys begin with a hash tag, so one node has all of them; see {@link #hashTag}.
   *
   * @param nodes some of its nodes, each as {@code host:port}; the others are found out
   */
  public static RedisConnector cluster(List<String> nodes) {
    return at(
        new Address.Cluster(nodes.stream().map(Node::parse).toList(), Address.Cluster.DEFAULT_TAG));
  }

  private static RedisConnector at(Address address) {
    return new RedisConnector(new RedisSettings(address, Login.NONE, null));
  }

  /**
   * What decides which node of a cluster has the keys, as the Synchronizer has it ({@code
   * keyHashTag}); default <code>{SPLITIO}</code>.
   *
   * @param tag a text between one pair of braces
   */
  public RedisConnector hashTag(String tag) {
    if (settings.address() instanceof Address.Cluster cluster) {
      return new RedisConnector(settings.with(new Address.Cluster(cluster.nodes(), tag)));
    }
    throw new IllegalArgumentException(
        "the hash tag is '" + tag + "'; only a cluster has one, and Redis is at " + place());
  }

  private String place() {
    return settings.address().toString();
  }

  /**
   * What the Synchronizer puts before every key, exactly as it is written there; nothing by
   * default, and when it is null.
   */
  public RedisConnector prefix(@Nullable String prefix) {
    if (prefix == null) {
      return new RedisConnector(settings.withPrefix(""));
    }
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
    return new RedisConnector(settings.with(Login.of(user, password)));
  }

  /**
   * Who asks; the password is asked for at each connection, so that it may change, on a thread of
   * its own, and has {@link #connectTimeout} to be told.
   */
  public RedisConnector login(String user, Supplier<char[]> password) {
    return new RedisConnector(settings.with(new Login(user, password)));
  }

  /** The password, where Redis has one and no users. */
  public RedisConnector password(String password) {
    return new RedisConnector(settings.with(Login.of(null, password)));
  }

  /** The same, asked for at each connection, so that it may change. */
  public RedisConnector password(Supplier<char[]> password) {
    return new RedisConnector(settings.with(new Login(null, password)));
  }

  /** Who asks the sentinels, where they want to know; nobody by default. */
  public RedisConnector sentinelLogin(String user, String password) {
    return sentinelLogin(Login.of(user, password));
  }

  /** The password of the sentinels, where they have one and no users; none by default. */
  public RedisConnector sentinelPassword(String password) {
    return sentinelLogin(Login.of(null, password));
  }

  private RedisConnector sentinelLogin(Login login) {
    Address.Sentinels old = sentinels("a login of sentinels");
    return new RedisConnector(
        settings.with(
            new Address.Sentinels(old.master(), old.nodes(), old.database(), login, old.tls())));
  }

  /** Talks to the sentinels without TLS, also where the server has it. */
  public RedisConnector plainSentinels() {
    Address.Sentinels old = sentinels("sentinels without TLS");
    return new RedisConnector(
        settings.with(
            new Address.Sentinels(old.master(), old.nodes(), old.database(), old.login(), false)));
  }

  private Address.Sentinels sentinels(String what) {
    if (settings.address() instanceof Address.Sentinels sentinels) {
      return sentinels;
    }
    throw new IllegalArgumentException(
        "there is a setting for " + what + ", but no sentinels: Redis is at " + place());
  }

  /** Talks TLS. */
  public RedisConnector tls(RedisTls tls) {
    return new RedisConnector(settings.with(tls.settings()));
  }

  /** The number of the database; default 0, which is the only one of a cluster. */
  public RedisConnector database(int number) {
    return new RedisConnector(
        settings.with(settings.address().withDatabase(RedisAddress.checkedDatabase(number))));
  }

  /** How long making a connection may take, at most a day; default 2 s. */
  public RedisConnector connectTimeout(Duration longest) {
    return with(settings.times().withConnect(limited("connectTimeout", longest)));
  }

  /** How long an answer may take that no call waits for, at most a day; default 2 s. */
  public RedisConnector commandTimeout(Duration longest) {
    return with(settings.times().withCommand(limited("commandTimeout", longest)));
  }

  /**
   * How long a call may take, whatever it asks for, at most a day; default 250 ms. Then it is
   * answered from older copies, or with control.
   */
  public RedisConnector callBudget(Duration longest) {
    return with(settings.times().withCall(limited("callBudget", longest)));
  }

  /**
   * How long a definition is served without asking Redis whether it changed; default 5 s, zero to
   * ask at every call. Where Redis tells of changes, a definition is served until it does.
   */
  public RedisConnector localCopies(Duration fresh) {
    return with(settings.times().withCopies(notNegative("localCopies", fresh)));
  }

  /** Does not have Redis tell of changes: a local copy is served as long as it is fresh, only. */
  public RedisConnector withoutPush() {
    Choices c = settings.choices();
    return with(new Choices(c.retriesReads(), c.resends(), false, c.requiresFlags()));
  }

  /**
   * How old a definition may be that is served while Redis does not answer; default 10 minutes,
   * zero for never.
   */
  public RedisConnector staleOnErrorMax(Duration oldest) {
    return with(settings.times().withStale(notNegative("staleOnErrorMax", oldest)));
  }

  /**
   * How long definitions are served after all of Redis was emptied, as when the Synchronizer starts
   * afresh; default 60 s, zero for not at all.
   */
  public RedisConnector wipeGrace(Duration longest) {
    return with(settings.times().withGrace(notNegative("wipeGrace", longest)));
  }

  /**
   * Asks once more, within the time of the call, what was lost with its connection; else it is
   * answered from older copies, or with control.
   */
  public RedisConnector retryingReads() {
    Choices c = settings.choices();
    return with(new Choices(true, c.resends(), c.pushed(), c.requiresFlags()));
  }

  /**
   * Sends events once more when Redis may have them already, as impressions and unique keys always
   * are; else they are dropped, and counted, rather than written twice.
   */
  public RedisConnector resendingDoubtful() {
    Choices c = settings.choices();
    return with(new Choices(c.retriesReads(), true, c.pushed(), c.requiresFlags()));
  }

  /** Is ready when there are flags in Redis, and not as soon as Redis answers. */
  public RedisConnector requiringFlags() {
    Choices c = settings.choices();
    return with(new Choices(c.retriesReads(), c.resends(), c.pushed(), true));
  }

  private RedisConnector with(Times times) {
    return new RedisConnector(settings.with(times));
  }

  private RedisConnector with(Choices choices) {
    return new RedisConnector(settings.with(choices));
  }

  private static Duration limited(String what, Duration value) {
    if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " is " + value + "; it must be longer than zero and at most a day");
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

  static void requireLettuce() {
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
    return place() + "#" + settings.prefix();
  }

  @Override
  public String environmentInWords() {
    return "this Redis and prefix";
  }

  /** What is in Redis is for the Synchronizer to choose. */
  @Override
  public boolean loadsChosenFlagSets() {
    return false;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RedisConnector[" + place() + ", prefix=" + settings.prefix() + "]";
  }
}
