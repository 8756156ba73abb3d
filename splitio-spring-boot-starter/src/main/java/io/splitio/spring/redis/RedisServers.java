package io.splitio.spring.redis;

import io.splitio.backend.redis.RedisConnector;
import io.splitio.spring.autoconfigure.SplitioStartException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/** Where Redis is, and who asks. */
record RedisServers(RedisProperties redis, ObjectProvider<SslBundles> bundles) {
  private static final String PREFIX = RedisProperties.PREFIX + ".";
  private static final int PORT = 6379;

  RedisConnector ofProperties() {
    requireOneKind();
    RedisConnector connector = redis.url() == null ? ofParts() : ofUrl(redis.url());
    if (redis.database() != null) {
      connector = connector.database(redis.database());
    }
    return login(connector, redis.username(), redis.password());
  }

  private void requireOneKind() {
    List<String> kinds = new ArrayList<>();
    if (redis.url() != null) {
      kinds.add(PREFIX + "url");
    }
    if (redis.host() != null) {
      kinds.add(PREFIX + "host");
    }
    if (!redis.sentinel().nodes().isEmpty()) {
      kinds.add(PREFIX + "sentinel.nodes");
    }
    if (!redis.cluster().nodes().isEmpty()) {
      kinds.add(PREFIX + "cluster.nodes");
    }
    if (kinds.size() > 1) {
      throw new SplitioStartException(
          String.join(" and ", kinds) + " are set.",
          "Remove all but one: it is one server, one that Sentinels watch, or a cluster.");
    }
  }

  private RedisConnector ofUrl(String url) {
    if (redis.port() != null) {
      throw new SplitioStartException(
          PREFIX + "url and " + PREFIX + "port are set.", "Write the port into the URL.");
    }
    try {
      return RedisConnector.uri(url);
    } catch (IllegalArgumentException wrong) { // which shows no password
      throw new SplitioStartException(
          PREFIX + "url cannot be used: " + wrong.getMessage() + ".",
          "Write it like redis://user:password@host:6379/0, or rediss:// for TLS.");
    }
  }

  private RedisConnector ofParts() {
    String host = redis.host() == null ? "localhost" : redis.host();
    return RedisConnector.host(host, redis.port() == null ? PORT : redis.port());
  }

  RedisConnector of(SpringRedis shared) {
    SpringRedis.Server server = shared.server();
    if (server == null) {
      throw new SplitioStartException("", "");
    }
    RedisConnector connector =
        RedisConnector.host(server.node().host(), server.node().port())
            .database(server.database());
    return login(connector, shared.login().username(), shared.login().password());
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
}
