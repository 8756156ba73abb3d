package io.splitio.backend.redis.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.backend.redis.ToyRedis;
import io.splitio.backend.redis.link.Wires;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.telemetry.Telemetry;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An end keeps to the time that is left for it, also when nobody gets round to it. */
class EndOfWritingTest {
  private static final Duration LEFT = Duration.ofMillis(50);

  private final ToyRedis redis = new ToyRedis(command -> null);

  @AfterEach
  void stop() {
    redis.close();
  }

  private long nanosOfAnEnd() {
    ManualScheduler busy = new ManualScheduler();
    Services services =
        new Services(
            busy,
            busy.clock(),
            new Telemetry(),
            new SyncReport(busy.clock()),
            (before, after) -> {},
            Set.of(),
            DateUnit.SECONDS,
            role -> Thread::new,
            () -> new Services.Machine("java-1.0.0", "web-3", "10.0.0.7"));
    RedisSettings settings =
        new RedisSettings(
            new Address.Single(new Node("127.0.0.1", redis.port()), 0), Login.NONE, null);
    RedisSinks sinks = new RedisSinks(settings, services, new Wires(settings, Thread::new));
    long before = System.nanoTime();
    sinks.close(LEFT);
    return System.nanoTime() - before;
  }

  @Test
  void whatNobodyCarriesOutIsNotWaitedForAnyLonger() {
    long shortest = IntStream.range(0, 5).mapToLong(i -> nanosOfAnEnd()).min().orElseThrow();

    assertThat(Duration.ofNanos(shortest)).isLessThan(Duration.ofMillis(500));
  }
}
