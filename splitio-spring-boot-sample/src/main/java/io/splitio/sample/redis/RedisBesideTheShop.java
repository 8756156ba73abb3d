package io.splitio.sample.redis;

import io.splitio.sample.live.FlagFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import redis.embedded.RedisServer;

/**
 * A Redis on a free port of this machine, with the flags of the shop's files and those of
 * redis-commands.txt. A real application needs nothing of this: Redis and the Synchronizer are
 * there, and an address is enough.
 */
@Configuration(proxyBeanMethods = false)
@Profile("redis")
class RedisBesideTheShop {

  @Bean(initMethod = "start", destroyMethod = "stop")
  RedisServer redisServer() throws IOException {
    return RedisServer.newRedisServer()
        .port(freePort())
        .setting("bind 127.0.0.1")
        .setting("save \"\"")
        .setting("notify-keyspace-events K$")
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Where it is, for Spring Boot, and so for the SDK; Testcontainers and Docker Compose do this.
   */
  @Bean
  DataRedisConnectionDetails whereRedisIs(RedisServer server) {
    return new DataRedisConnectionDetails() {
      @Override
      public Standalone getStandalone() {
        return Standalone.of("127.0.0.1", server.ports().get(0));
      }
    };
  }

  @Bean
  FlagFile flagFile(
      @Value("${splitio.localhost.split-file}") Resource flags,
      @Value("${splitio.localhost.segment-directory}") Resource segments)
      throws IOException {
    return FlagFile.read(flags.getFile().toPath(), segments.getFile().toPath());
  }

  @Bean
  Synchronizer synchronizer(
      StringRedisTemplate redis,
      FlagFile file,
      @Value("${sample.redis-commands}") Resource commands)
      throws IOException {
    Synchronizer synchronizer = new Synchronizer(redis);
    commands.getContentAsString(StandardCharsets.UTF_8).lines().forEach(synchronizer::say);
    file.segments().forEach(synchronizer::putSegment);
    file.flags().values().forEach(synchronizer::putFlag);
    return synchronizer;
  }

  @Bean
  RedisMessageListenerContainer changes(RedisConnectionFactory redis, OpenPages pages) {
    RedisMessageListenerContainer container = new RedisMessageListenerContainer();
    container.setConnectionFactory(redis);
    container.addMessageListener(
        pages, new PatternTopic("__keyspace@0__:" + Synchronizer.FLAG + "*"));
    return container;
  }
}
