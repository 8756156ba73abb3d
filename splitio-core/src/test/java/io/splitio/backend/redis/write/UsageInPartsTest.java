package io.splitio.backend.redis.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.backend.redis.TestRedis;
import io.splitio.backend.redis.link.Wires;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.Interval;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.UsageReport;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A report of which Redis takes a part only: the rest goes along with the next, nothing twice. */
class UsageInPartsTest {
  private static final String LATENCIES = "SPLITIO.telemetry.latencies";
  private static final String EXCEPTIONS = "SPLITIO.telemetry.exceptions";
  private static final String FIELD = "java-1/box/10.0.0.7/";

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private TestRedis redis;
  private RedisSinks sinks;

  @BeforeEach
  void start() {
    redis = TestRedis.started();
    RedisSettings settings =
        new RedisSettings(
            new Address.Single(new Address.Node("127.0.0.1", redis.port()), 0), Login.NONE, null);
    Services services =
        new Services(
            scheduler,
            Clock.systemUTC(),
            new Telemetry(),
            new SyncReport(Clock.systemUTC()),
            (before, after) -> {},
            Set.of(),
            DateUnit.MILLISECONDS,
            role -> Thread::new,
            () -> new Services.Machine("java-1", "box", "10.0.0.7"));
    sinks = new RedisSinks(settings, services, new Wires(settings, Thread::new));
  }

  @AfterEach
  void stop() {
    sinks.close();
    scheduler.shutdownNow();
    redis.close();
  }

  /** Three calls in the first bucket, two in the second, and one that failed. */
  private Delivery reported() throws Exception {
    List<Long> buckets = IntStream.range(0, 23).mapToObj(i -> i < 2 ? 3L - i : 0L).toList();
    Interval interval =
        new Interval(
            Map.of(Call.TREATMENT, buckets),
            Map.of(Call.TREATMENT, 1L),
            Map.of(),
            Map.of(),
            0,
            0,
            List.of(),
            List.of(),
            0);
    UsageReport report =
        new UsageReport(
            interval,
            Map.of(),
            new UsageReport.Recorded(0, 0, 0, 0, 0),
            new UsageReport.Held(0, 0, 0),
            0);
    return sinks.usage(report).get(20, TimeUnit.SECONDS);
  }

  private Object counted(String hash, String field) {
    return redis.say("HGET " + hash + " " + FIELD + field);
  }

  @Test
  void aFieldThatRefusesIsAddedToLaterAndTheOthersAreAddedToOnce() throws Exception {
    redis.say("HSET " + LATENCIES + " " + FIELD + "treatment/0 text");

    assertThat(reported().fate()).isNotEqualTo(Fate.TRY_AGAIN);
    redis.say("DEL " + LATENCIES);
    assertThat(reported().fate()).isEqualTo(Fate.DELIVERED);

    assertThat(counted(LATENCIES, "treatment/0")).isEqualTo("6");
    assertThat(counted(LATENCIES, "treatment/1")).isEqualTo("2");
    assertThat(counted(EXCEPTIONS, "treatment")).isEqualTo("2");
  }

  @Test
  void aHashThatIsNoneDoesNotMakeTheOtherCountTwice() throws Exception {
    redis.say("SET " + EXCEPTIONS + " text");

    Delivery refused = reported();
    assertThat(refused.fate()).isEqualTo(Fate.TRY_MUCH_LATER);
    assertThat(refused.reason()).contains("WRONGTYPE");
    redis.say("DEL " + EXCEPTIONS);
    assertThat(reported().fate()).isEqualTo(Fate.DELIVERED);

    assertThat(counted(EXCEPTIONS, "treatment")).isEqualTo("2");
    assertThat(counted(LATENCIES, "treatment/0")).isEqualTo("6");
  }
}
