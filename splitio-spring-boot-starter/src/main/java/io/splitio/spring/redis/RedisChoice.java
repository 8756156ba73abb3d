package io.splitio.spring.redis;

import io.splitio.backend.redis.RedisConnector;
import io.splitio.spring.autoconfigure.SplitioProperties;
import io.splitio.spring.autoconfigure.SplitioStartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** Finds the one Redis that the properties mean, and how to talk to it. */
record RedisChoice(
    SplitioProperties sdk,
    RedisProperties redis,
    ApplicationContext context,
    ObjectProvider<SslBundles> bundles,
    ObjectProvider<RedisConnectorCustomizer> customizers) {
  private static final String LETTUCE = "io.lettuce.core.RedisClient";
  private static final String SHARED = RedisProperties.PREFIX + ".use-spring-data-redis";

  RedisConnector connector() {
    requireNoOtherSource();
    requireLettuce();
    RedisConnector connector = tuned(redis.useSpringDataRedis() ? ofSpring() : ofProperties());
    for (RedisConnectorCustomizer customizer : customizers.orderedStream().toList()) {
      connector = customizer.customize(connector);
    }
    return connector;
  }

  private RedisConnector ofProperties() {
    RedisConnector connector = new RedisServers(redis).ofProperties();
    return new RedisCertificates(redis, bundles).secured(connector);
  }

  private RedisConnector ofSpring() {
    SpringRedis shared = shared();
    RedisConnector connector = new RedisServers(redis).of(shared);
    return new RedisCertificates(redis, bundles).shared(connector, shared.bundle(), url(shared));
  }

  /** Spring Boot's address, unless a bean with other details goes before it. */
  private @Nullable String url(SpringRedis shared) {
    String url = context.getEnvironment().getProperty("spring.data.redis.url");
    SpringRedis.Server server = shared.server();
    return url != null && server != null && url.contains(server.node().host()) ? url : null;
  }

  private void requireNoOtherSource() {
    String key = sdk.apiKey();
    if (key != null && key.strip().equals("localhost")) {
      throw new SplitioStartException(
          "splitio.api-key is \"localhost\", but "
              + (sdk.mode() == SplitioProperties.Mode.REDIS
                  ? "splitio.mode is REDIS."
                  : "there are properties of a Redis below splitio.redis."),
          "Remove splitio.api-key to read flags from Redis, which needs no key; or remove the"
              + " others to read flags from a file.");
    }
  }

  private void requireLettuce() {
    if (!ClassUtils.isPresent(LETTUCE, context.getClassLoader())) {
      throw new SplitioStartException(
          "Flags come from Redis, and Lettuce is not on the class path.",
          "Add the dependency io.lettuce:lettuce-core, whose version Spring Boot manages;"
              + " spring-boot-starter-data-redis brings it along.");
    }
  }

  private SpringRedis shared() {
    List<String> own = own();
    if (!own.isEmpty()) {
      throw new SplitioStartException(
          SHARED
              + " is true, and "
              + String.join(", ", own)
              + (own.size() == 1 ? " is" : " are")
              + " set.",
          "Remove one or the other: the Redis is that of spring.data.redis, or the one named below"
              + " splitio.redis.");
    }
    SpringRedis.Details known = context.getBeanProvider(SpringRedis.Details.class).getIfAvailable();
    SpringRedis shared = known == null ? null : known.read();
    if (shared == null) {
      throw new SplitioStartException(
          SHARED + " is true, but Spring Boot connects to no Redis.",
          "Add spring-boot-starter-data-redis, or name the Redis below splitio.redis instead.");
    }
    return shared;
  }

  /** The properties that say where Redis is or who asks. */
  private List<String> own() {
    List<String> set = new ArrayList<>();
    add(set, "url", redis.url());
    add(set, "host", redis.host());
    add(set, "port", redis.port());
    add(set, "unix-socket", redis.unixSocket());
    add(set, "database", redis.database());
    add(set, "username", redis.username());
    add(set, "password", redis.password());
    add(set, "ssl.bundle", redis.ssl().bundle());
    add(set, "sentinel.nodes", redis.sentinel().nodes().isEmpty() ? null : "");
    add(set, "sentinel.username", redis.sentinel().username());
    add(set, "sentinel.password", redis.sentinel().password());
    add(set, "cluster.nodes", redis.cluster().nodes().isEmpty() ? null : "");
    return set;
  }

  private static void add(List<String> set, String name, @Nullable Object value) {
    if (value != null) {
      set.add(RedisProperties.PREFIX + "." + name);
    }
  }

  private RedisConnector tuned(RedisConnector connector) {
    RedisProperties.LocalCache copies = redis.localCache();
    RedisConnector tuned =
        connector
            .prefix(redis.prefix())
            .connectTimeout(redis.connectTimeout())
            .commandTimeout(redis.timeout())
            .callBudget(redis.callBudget())
            .staleOnErrorMax(redis.staleOnErrorMax())
            .wipeGrace(redis.wipeGrace())
            .localCopies(copies.enabled() ? copies.ttl() : Duration.ZERO);
    tuned = copies.enabled() && copies.push() ? tuned : tuned.withoutPush();
    tuned = redis.retryOnTimeout() ? tuned.retryingReads() : tuned;
    tuned = redis.resendDoubtful() ? tuned.resendingDoubtful() : tuned;
    return redis.requireFlags() ? tuned.requiringFlags() : tuned;
  }
}
