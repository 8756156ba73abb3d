package io.splitio.spring.redis;

import io.splitio.backend.redis.RedisConnector;
import java.time.Duration;
import java.util.List;

/** What the properties of {@link RedisModeTest} mean, in Java. */
final class Expected {
  static final RedisConnector CONNECTOR =
      RedisConnector.sentinels("main", List.of("127.0.0.1:26379", "127.0.0.1:2"))
          .plainSentinels()
          .database(5)
          .prefix("acme")
          .connectTimeout(Duration.ofMillis(11))
          .commandTimeout(Duration.ofMillis(12))
          .callBudget(Duration.ofMillis(13))
          .staleOnErrorMax(Duration.ofSeconds(14))
          .wipeGrace(Duration.ofSeconds(15))
          .retryingReads()
          .resendingDoubtful()
          .requiringFlags()
          .localCopies(Duration.ofSeconds(16))
          .withoutPush();

  static final RedisConnector WITHOUT_COPIES =
      RedisConnector.cluster(List.of("127.0.0.1:1"))
          .hashTag("{acme}")
          .localCopies(Duration.ZERO)
          .withoutPush();

  private Expected() {}
}
