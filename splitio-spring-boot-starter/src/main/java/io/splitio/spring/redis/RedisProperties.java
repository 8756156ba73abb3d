package io.splitio.spring.redis;

import io.splitio.spring.autoconfigure.Limits;
import io.splitio.spring.autoconfigure.SplitioStartException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Flags from a Redis that the Split Synchronizer fills.
 *
 * @param url Address of Redis, "redis://user:password@host:6379/0", or "rediss://" for TLS; what it
 *     says goes before host, port, username, password and database.
 * @param host Host of Redis; localhost when not set.
 * @param port Port of Redis; 6379 when not set.
 * @param unixSocket Socket of a Redis on this machine; needs a native transport of Netty.
 * @param database Number of the database; 0 when not set.
 * @param username User at Redis, where it has users.
 * @param password Password at Redis.
 * @param prefix What the Synchronizer puts before every key, exactly as it is written there.
 * @param connectTimeout How long making a connection may take. Plain numbers are milliseconds.
 * @param timeout How long an answer may take that no call waits for. Plain numbers are
 *     milliseconds.
 * @param callBudget How long a call may take, whatever it asks for; it is then answered from older
 *     copies, or with control. Plain numbers are milliseconds.
 * @param staleOnErrorMax How old a copy may be that is served while Redis does not answer; 0 for
 *     never. Plain numbers are seconds.
 * @param wipeGrace How long flags are served after all of Redis was emptied, as when the
 *     Synchronizer starts afresh; 0 for not at all. Plain numbers are seconds.
 * @param retryOnTimeout Whether a read that was lost with its connection is asked once more, in
 *     time.
 * @param resendDoubtful Whether events that Redis may have already are sent once more, as
 *     impressions and unique keys always are; else they are dropped, and counted.
 * @param requireFlags Whether the SDK is ready only when there are flags in Redis, and not as soon
 *     as Redis answers.
 * @param useSpringDataRedis Whether the Redis is the one that Spring Boot connects to: by
 *     spring.data.redis.*, a service connection or Docker Compose.
 * @param localCache Copies of flags in this process.
 * @param ssl TLS.
 * @param sentinel Sentinels that know which Redis is the master.
 * @param cluster Redis Cluster.
 */
@ConfigurationProperties(RedisProperties.PREFIX)
public record RedisProperties(
    @Nullable String url,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String unixSocket,
    @Nullable Integer database,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("") String prefix,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("2s") Duration timeout,
    @DefaultValue("250ms") Duration callBudget,
    @DefaultValue("10m") @DurationUnit(ChronoUnit.SECONDS) Duration staleOnErrorMax,
    @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration wipeGrace,
    @DefaultValue("false") boolean retryOnTimeout,
    @DefaultValue("false") boolean resendDoubtful,
    @DefaultValue("false") boolean requireFlags,
    @DefaultValue("false") boolean useSpringDataRedis,
    @DefaultValue LocalCache localCache,
    @DefaultValue Ssl ssl,
    @DefaultValue Sentinel sentinel,
    @DefaultValue Cluster cluster) {

  /** What every name starts with. */
  public static final String PREFIX = "splitio.redis";

  private static final int HIGHEST_PORT = 65_535;

  /** How a server proves who it is. */
  public enum Verify {
    /** By a trusted certificate for the host that was asked for. */
    FULL,
    /** By a trusted certificate, whatever host it is for. */
    CA,
    /** Not at all: whoever answers is believed. */
    NONE
  }

  /** Checks the values. */
  public RedisProperties {
    url = given(url);
    host = given(host);
    unixSocket = given(unixSocket);
    username = given(username);
    password = password == null || password.isEmpty() ? null : password;
    if (port != null) {
      Limits.between(PREFIX + ".port", port, 1, HIGHEST_PORT);
    }
    if (database != null) {
      Limits.atLeast(PREFIX + ".database", database, 0);
    }
    Limits.timeout(PREFIX + ".connect-timeout", connectTimeout);
    Limits.timeout(PREFIX + ".timeout", timeout);
    Limits.timeout(PREFIX + ".call-budget", callBudget);
    requireNotNegative(PREFIX + ".stale-on-error-max", staleOnErrorMax);
    requireNotNegative(PREFIX + ".wipe-grace", wipeGrace);
    if (username != null && password == null) {
      throw new SplitioStartException(
          PREFIX + ".username is set, but " + PREFIX + ".password is not.",
          "Set both, or the password alone where Redis has no users.");
    }
  }

  /**
   * Copies of flags in this process.
   *
   * @param enabled Whether flags are copied at all; without copies every call asks Redis.
   * @param ttl How long a copy is served without asking whether it changed, where Redis does not
   *     tell of changes by itself. Plain numbers are seconds.
   * @param push Whether Redis tells of changes, where it can: Redis 6 or newer.
   */
  public record LocalCache(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration ttl,
      @DefaultValue("true") boolean push) {
    /** Checks the value. */
    public LocalCache {
      requireNotNegative(PREFIX + ".local-cache.ttl", ttl);
    }
  }

  /**
   * TLS.
   *
   * @param enabled Whether to talk TLS; true when a bundle is set or the URL says rediss.
   * @param bundle Name of the bundle below spring.ssl.bundle with the trusted certificates, and the
   *     own one where Redis asks for it; the platform's certificates when not set.
   * @param verify How the server proves who it is: FULL, CA or NONE.
   */
  public record Ssl(
      @Nullable Boolean enabled, @Nullable String bundle, @DefaultValue("full") Verify verify) {
    /** Takes a blank name for none. */
    public Ssl {
      bundle = given(bundle);
    }
  }

  /**
   * Sentinels that know which Redis is the master.
   *
   * @param master Name of the master, as the Sentinels know it.
   * @param nodes Sentinels, as "host:port"; port 26379 when not given.
   * @param username User at the Sentinels, where they have users.
   * @param password Password at the Sentinels.
   * @param plain Whether the Sentinels are talked to without TLS also where Redis has it.
   */
  public record Sentinel(
      @Nullable String master,
      @DefaultValue List<String> nodes,
      @Nullable String username,
      @Nullable String password,
      @DefaultValue("false") boolean plain) {
    private static final String SENTINEL = PREFIX + ".sentinel.";

    /** Takes blank texts for none, and refuses half of what is needed. */
    public Sentinel {
      master = given(master);
      nodes = nodes.stream().filter(node -> !node.isBlank()).toList();
      username = given(username);
      password = password == null || password.isEmpty() ? null : password;
      if ((master == null) != nodes.isEmpty()) {
        throw new SplitioStartException(
            SENTINEL
                + (master == null ? "nodes is set, but " : "master is set, but ")
                + SENTINEL
                + (master == null ? "master is not." : "nodes is not."),
            "Set both: the name of the master, and the Sentinels that know it.");
      }
      if (username != null && password == null) {
        throw new SplitioStartException(
            SENTINEL + "username is set, but " + SENTINEL + "password is not.",
            "Set both, or the password alone where the Sentinels have no users.");
      }
    }

    /** Names no password. */
    @Override
    public String toString() {
      return master + "@" + nodes;
    }
  }

  /**
   * Redis Cluster.
   *
   * @param nodes Some nodes of the cluster, as "host:port"; they know the others.
   * @param hashTag What keeps all keys in one place of the cluster, as the Synchronizer has it;
   *     {SPLITIO} when not set.
   */
  public record Cluster(@DefaultValue List<String> nodes, @Nullable String hashTag) {
    /** Takes blank texts for none. */
    public Cluster {
      nodes = nodes.stream().filter(node -> !node.isBlank()).toList();
      hashTag = given(hashTag);
    }
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static void requireNotNegative(String property, Duration value) {
    if (value.isNegative()) {
      throw SplitioStartException.invalid(property, value, "It must be 0 or longer.");
    }
  }

  /** Names no URL, user or password. */
  @Override
  public String toString() {
    return "RedisProperties[host=" + host + ", port=" + port + ", prefix=" + prefix + "]";
  }
}
