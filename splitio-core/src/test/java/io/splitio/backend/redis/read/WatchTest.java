package io.splitio.backend.redis.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.splitio.api.DateUnit;
import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.backend.redis.ToyRedis;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.Wire;
import io.splitio.backend.redis.link.Wires;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a connection that was asked whether it still answers. */
class WatchTest {
  private final ToyRedis redis = new ToyRedis(command -> null);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final RedisSettings settings =
      new RedisSettings(
          new Address.Single(new Address.Node("127.0.0.1", redis.port()), 0), Login.NONE, null);
  private final Services services =
      new Services(
          scheduler,
          Clock.systemUTC(),
          new Telemetry(),
          new SyncReport(Clock.systemUTC()),
          (before, after) -> {},
          Set.of(),
          DateUnit.SECONDS,
          role -> Thread::new,
          () -> new Services.Machine("java-1.0.0", "web-3", "10.0.0.7"));
  private final Wires wires = new Wires(settings, Thread::new);
  private final Watch watch =
      new Watch(settings, services, new Complaints(settings.address()), new Wipe(0));
  private final Line line = new Line(wires, scheduler, watch);

  @AfterEach
  void stop() {
    wires.close(line.stop(), Duration.ofSeconds(5));
    scheduler.shutdownNow();
    redis.close();
  }

  /** The connection there is after one did not answer for that reason. */
  private Wire after(Wire wire, Exception reason) throws Exception {
    watch.silent(wire, reason, line);
    scheduler.submit(() -> {}).get(); // comes after what that may have led to
    return line.whenUp().join();
  }

  @Test
  void isKeptWhereTooMuchWaitsOnThisSideAlready() throws Exception {
    Wire wire = line.whenUp().join();

    assertThat(after(wire, new RedisException("Request queue size exceeded: 50000.")))
        .isSameAs(wire);
    assertThat(after(wire, new RedisCommandTimeoutException("late"))).isNotSameAs(wire);
  }
}
