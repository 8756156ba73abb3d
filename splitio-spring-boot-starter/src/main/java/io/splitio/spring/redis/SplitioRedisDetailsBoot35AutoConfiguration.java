package io.splitio.spring.redis;

import io.splitio.spring.redis.SpringRedis.Login;
import io.splitio.spring.redis.SpringRedis.Node;
import io.splitio.spring.redis.SpringRedis.Server;
import io.splitio.spring.redis.SpringRedis.Watched;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Cluster;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Sentinel;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Standalone;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;

/** The Redis that Spring Boot 3.5 connects to. */
@AutoConfiguration(before = SplitioRedisAutoConfiguration.class)
@ConditionalOnClass(RedisConnectionDetails.class)
public final class SplitioRedisDetailsBoot35AutoConfiguration {

  @Bean
  SpringRedis.Details splitioSpringRedis(ObjectProvider<RedisConnectionDetails> details) {
    return () -> {
      RedisConnectionDetails known = details.getIfAvailable();
      return known == null ? null : read(known);
    };
  }

  private static SpringRedis read(RedisConnectionDetails details) {
    Standalone server = details.getStandalone();
    Sentinel sentinel = details.getSentinel();
    Cluster cluster = details.getCluster();
    return new SpringRedis(
        new Login(details.getUsername(), details.getPassword()),
        bundle(server, sentinel, cluster),
        server == null ? null : server(server),
        sentinel == null ? null : watched(sentinel),
        cluster == null ? List.of() : nodes(cluster.getNodes()));
  }

  private static @Nullable SslBundle bundle(
      @Nullable Standalone server, @Nullable Sentinel sentinel, @Nullable Cluster cluster) {
    if (server != null) {
      return server.getSslBundle();
    }
    if (sentinel != null) {
      return sentinel.getSslBundle();
    }
    return cluster == null ? null : cluster.getSslBundle();
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

  private static List<Node> nodes(List<RedisConnectionDetails.Node> nodes) {
    return nodes.stream().map(node -> new Node(node.host(), node.port())).toList();
  }
}
