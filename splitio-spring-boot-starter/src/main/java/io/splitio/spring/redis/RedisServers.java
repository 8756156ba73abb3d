package io.splitio.spring.redis;

import io.splitio.backend.redis.RedisConnector;
import io.splitio.spring.autoconfigure.SplitioStartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where Redis is, and who asks. */
record RedisServers(RedisProperties redis) {
  private static final String PREFIX = RedisProperties.PREFIX + ".";
  private static final int PORT = 6379;

  /** The Redis that the properties name. */
  RedisConnector ofProperties() {
    requireOneKind();
    requireWhatGoesWith();
    String url = redis.url() == null ? "" : redis.url();
    RedisConnector connector = addressed();
    if (url.indexOf('@') < 0) {
      connector = login(connector, redis.username(), redis.password());
    }
    Integer database = redis.database();
    return database == null || url.matches("[^/]*//[^/]*/.+")
        ? connector
        : database(connector, database);
  }

  private static RedisConnector database(RedisConnector connector, int number) {
    return checked("database", () -> connector.database(number));
  }

  private void requireOneKind() {
    List<String> kinds = new ArrayList<>();
    add(kinds, "url", redis.url() != null);
    add(kinds, "host", redis.host() != null && redis.url() == null);
    add(kinds, "unix-socket", redis.unixSocket() != null);
    add(kinds, "sentinel.nodes", !redis.sentinel().nodes().isEmpty());
    add(kinds, "cluster.nodes", !redis.cluster().nodes().isEmpty());
    if (kinds.size() > 1) {
      throw new SplitioStartException(
          String.join(" and ", kinds) + " are set.",
          "Remove all but one: Redis is one server, one that Sentinels watch, or a cluster.");
    }
    if (redis.port() != null && !kinds.isEmpty() && redis.host() == null && redis.url() == null) {
      throw new SplitioStartException(
          PREFIX + "port and " + kinds.get(0) + " are set.",
          "Remove " + PREFIX + "port, which goes with " + PREFIX + "host.");
    }
  }

  private void requireWhatGoesWith() {
    if (redis.cluster().nodes().isEmpty()) {
      requireNoHashTag(PREFIX + "cluster.nodes is not.");
    }
    RedisProperties.Sentinel sentinel = redis.sentinel();
    if (sentinel.nodes().isEmpty() && (sentinel.plain() || sentinel.password() != null)) {
      throw new SplitioStartException(
          PREFIX
              + (sentinel.plain() ? "sentinel.plain" : "sentinel.password")
              + " is set, but "
              + PREFIX
              + "sentinel.nodes is not.",
          "Set the Sentinels and the name of the master, or remove it.");
    }
  }

  private static void add(List<String> kinds, String name, boolean given) {
    if (given) {
      kinds.add(PREFIX + name);
    }
  }

  private RedisConnector addressed() {
    if (redis.url() != null) {
      return ofUrl(redis.url());
    }
    if (redis.unixSocket() != null) {
      return checked("unix-socket", () -> RedisConnector.unixSocket(Path.of(redis.unixSocket())));
    }
    if (redis.sentinel().master() != null) {
      return watched(redis.sentinel().master());
    }
    RedisProperties.Cluster cluster = redis.cluster();
    if (!cluster.nodes().isEmpty()) {
      RedisConnector found =
          checked("cluster.nodes", () -> RedisConnector.cluster(cluster.nodes()));
      return tagged(found);
    }
    String host = redis.host() == null ? "localhost" : redis.host();
    return checked(
        "host", () -> RedisConnector.host(host, redis.port() == null ? PORT : redis.port()));
  }

  private RedisConnector tagged(RedisConnector cluster) {
    String tag = redis.cluster().hashTag();
    return tag == null ? cluster : checked("cluster.hash-tag", () -> cluster.hashTag(tag));
  }

  /** Only in a cluster does the Synchronizer put it before the keys. */
  private void requireNoHashTag(String what) {
    if (redis.cluster().hashTag() != null) {
      throw new SplitioStartException(
          PREFIX + "cluster.hash-tag is set, but " + what,
          "Name the nodes of the cluster, or remove it: keys have a hash tag in a cluster only.");
    }
  }

  private static RedisConnector ofUrl(String url) {
    return checked("url", () -> RedisConnector.uri(url)); // which shows no password
  }

  private RedisConnector watched(String master) {
    RedisProperties.Sentinel sentinel = redis.sentinel();
    RedisConnector connector =
        checked("sentinel.nodes", () -> RedisConnector.sentinels(master, sentinel.nodes()));
    connector = sentinelLogin(connector, sentinel.username(), sentinel.password());
    return sentinel.plain() ? connector.plainSentinels() : connector;
  }

  private static RedisConnector checked(String property, Supplier<RedisConnector> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException wrong) {
      throw new SplitioStartException(
          PREFIX + property + " cannot be used: " + wrong.getMessage() + ".",
          "Correct " + PREFIX + property + ".");
    }
  }

  /** The Redis that Spring Boot connects to. */
  RedisConnector of(SpringRedis shared) {
    return login(addressed(shared), shared.login().username(), shared.login().password());
  }

  private RedisConnector addressed(SpringRedis shared) {
    if (shared.cluster().isEmpty()) {
      requireNoHashTag("the Redis of Spring Boot is no cluster.");
    }
    SpringRedis.Watched sentinel = shared.sentinel();
    if (sentinel != null) {
      RedisConnector connector =
          RedisConnector.sentinels(sentinel.master(), texts(sentinel.nodes()))
              .database(sentinel.database());
      RedisConnector known =
          sentinelLogin(connector, sentinel.login().username(), sentinel.login().password());
      return redis.sentinel().plain() ? known.plainSentinels() : known;
    }
    if (redis.sentinel().plain()) {
      throw new SplitioStartException(
          PREFIX + "sentinel.plain is set, but no Sentinels watch the Redis of Spring Boot.",
          "Remove it.");
    }
    if (!shared.cluster().isEmpty()) {
      RedisConnector connector = RedisConnector.cluster(texts(shared.cluster()));
      return tagged(connector);
    }
    SpringRedis.Server server = shared.server();
    if (server == null) {
      throw new SplitioStartException(
          PREFIX
              + "use-spring-data-redis is true, and the Redis of Spring Boot is neither one"
              + " server nor one that Sentinels watch nor a cluster.",
          "Name the Redis below splitio.redis instead.");
    }
    return RedisConnector.host(server.node().host(), server.node().port())
        .database(server.database());
  }

  private static List<String> texts(List<SpringRedis.Node> nodes) {
    return nodes.stream().map(SpringRedis.Node::toString).toList();
  }

  private static RedisConnector login(
      RedisConnector connector, @Nullable String username, @Nullable String password) {
    if (password == null || password.isEmpty()) {
      return connector;
    }
    return username == null || username.isEmpty()
        ? connector.password(password)
        : connector.login(username, password);
  }

  private static RedisConnector sentinelLogin(
      RedisConnector connector, @Nullable String username, @Nullable String password) {
    if (password == null || password.isEmpty()) {
      return connector;
    }
    return username == null || username.isEmpty()
        ? connector.sentinelPassword(password)
        : connector.sentinelLogin(username, password);
  }
}
