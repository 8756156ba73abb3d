package io.splitio.spring.redis;

import io.splitio.spring.autoconfigure.SplitioStartException;
import io.splitio.spring.redis.SpringRedis.Login;
import io.splitio.spring.redis.SpringRedis.Node;
import io.splitio.spring.redis.SpringRedis.Server;
import io.splitio.spring.redis.SpringRedis.Watched;
import java.lang.reflect.Method;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Cluster;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ReflectionUtils;

/** The Redis that Spring Boot 4 connects to. */
@AutoConfiguration(before = SplitioRedisAutoConfiguration.class)
@ConditionalOnClass(DataRedisConnectionDetails.class)
public final class SplitioRedisDetailsAutoConfiguration {
  private static final String REPLICAS = "getMasterReplica";

  @Bean
  SpringRedis.Details splitioSpringRedis(ObjectProvider<DataRedisConnectionDetails> details) {
    return () -> {
      DataRedisConnectionDetails known = details.getIfAvailable();
      return known == null ? null : read(known);
    };
  }

  private static SpringRedis read(DataRedisConnectionDetails details) {
    Standalone server = details.getStandalone();
    Sentinel sentinel = details.getSentinel();
    Cluster cluster = details.getCluster();
    requireNoReplicas(details);
    return new SpringRedis(
        new Login(details.getUsername(), details.getPassword()),
        details.getSslBundle(),
        server == null ? null : server(server),
        sentinel == null ? null : watched(sentinel),
        cluster == null ? List.of() : nodes(cluster.getNodes()));
  }

  /** Of Spring Boot 4.1; the lines before it have no such details. */
  private static void requireNoReplicas(DataRedisConnectionDetails details) {
    Method replicas = ReflectionUtils.findMethod(DataRedisConnectionDetails.class, REPLICAS);
    if (replicas != null && ReflectionUtils.invokeMethod(replicas, details) != null) {
      throw new SplitioStartException(
          "splitio.redis.use-spring-data-redis is true, and the Redis of Spring Boot is a master"
              + " with replicas, which the SDK does not follow.",
          "Name the Redis below splitio.redis instead.");
    }
  }

  private static Server server(Standalone server) {
    return new Server(new Node(server.getHost(), server.getPort()), server.getDatabase());
  }

  private static Watched watched(Sentinel sentinel) {
    return new Watched(
        sentinel.getMaster(),
        nodes(sentinel.getNodes()),
        new Login(sentinel.getUsername(), sentinel.getPassword()),
        sentinel.getDatabase());
  }

  private static List<Node> nodes(List<DataRedisConnectionDetails.Node> nodes) {
    return nodes.stream().map(node -> new Node(node.host(), node.port())).toList();
  }
}
