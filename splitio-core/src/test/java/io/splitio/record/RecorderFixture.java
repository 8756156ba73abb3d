package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.ImpressionListener;
import io.splitio.api.ImpressionMode;
import io.splitio.api.Key;
import io.splitio.api.SplitResult;
import io.splitio.record.Recorder.Queueing;
import io.splitio.record.Recorder.Settings;
import io.splitio.record.Recorder.Tools;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.UsageReport.Held;
import io.splitio.testing.KeptSinks;
import io.splitio.testing.ManualScheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** A recorder whose time a test moves on, over a service that keeps what it gets. */
final class RecorderFixture {
  /** 2025-10-09 08:53:20 UTC, as in the worked example of the protocol specification. */
  static final long START = 1_760_000_000_000L;

  final KeptSinks sinks = new KeptSinks();
  final ManualScheduler scheduler = new ManualScheduler();
  final Telemetry telemetry = new Telemetry();
  final List<Duration> pauses = new ArrayList<>();
  ImpressionMode mode = ImpressionMode.OPTIMIZED;
  boolean labels = true;
  int capacity = 10_000;
  int bulk = 5_000;
  List<ImpressionListener> listeners = List.of();
  Supplier<String> instanceName = () -> "host-1";
  long now = START;

  Recorder recorder() {
    return recorder(scheduler);
  }

  Recorder recorder(ScheduledExecutorService on) {
    return new Recorder(
        new Settings(
            mode,
            labels,
            4_096,
            new Queueing(capacity, bulk, Duration.ofMinutes(5)),
            new Queueing(capacity, bulk, Duration.ofSeconds(10)),
            Duration.ofHours(1),
            listeners,
            100,
            new Identity("splitio-jvm-test", instanceName),
            Sinks.USUAL_INTEREST),
        sinks,
        new Tools(on, clock(), telemetry, RecorderFixture::daemon, Doubling::new, new Facts()));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "listener-of-a-test");
    thread.setDaemon(true);
    return thread;
  }

  Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(now);
      }

      @Override
      public long millis() {
        return now;
      }
    };
  }

  static Evaluation evaluation(String treatment) {
    return new Evaluation(new SplitResult(treatment, null), "in segment all", 7L);
  }

  static void serve(Recorder recorder, String key, String flag) {
    serve(recorder, key, flag, Map.of());
  }

  static void serve(Recorder recorder, String key, String flag, Map<String, Object> properties) {
    recorder
        .impressions()
        .with(properties)
        .record(Key.of(key), flag, evaluation("on"), Map.of("age", 7), System.nanoTime());
  }

  static void serveCounted(Recorder recorder, String key, String flag) {
    recorder.impressions().count(Key.of(key), flag, evaluation("on"), Map.of(), System.nanoTime());
  }

  static Event event(String key) {
    return new Event(key, "user", "purchase", null, Map.of(), START);
  }

  /** Ends the recorder while the scheduler's time stands still. */
  void close(Recorder recorder) {
    whileTimeStandsStill(() -> recorder.close(Duration.ofSeconds(30)));
  }

  /** Suspends the recorder while the scheduler's time stands still. */
  void suspend(Recorder recorder) {
    whileTimeStandsStill(() -> recorder.suspend(Duration.ofSeconds(30)));
  }

  private void whileTimeStandsStill(Runnable action) {
    Thread closing = new Thread(action);
    closing.start();
    while (closing.isAlive()) {
      scheduler.runDue();
      Thread.onSpinWait();
    }
  }

  private static final class Facts implements Recorder.Facts {
    @Override
    public ConfigReport setup() {
      ConfigReport.Queue queue = new ConfigReport.Queue(1, Duration.ofSeconds(1));
      Duration ready = Duration.ofMillis(412);
      return new ConfigReport(
          ImpressionMode.OPTIMIZED,
          queue,
          queue,
          Duration.ofHours(1),
          false,
          1,
          0,
          ready,
          0,
          0,
          0,
          0);
    }

    @Override
    public Held held() {
      return new Held(2, 3, 4);
    }

    @Override
    public Duration age() {
      return Duration.ofSeconds(100);
    }
  }

  /** One second, two, four; or five minutes. */
  Recorder.Pause pause() {
    return new Doubling();
  }

  /** No pause is expected. */
  static final class Never implements Recorder.Pause {
    @Override
    public Duration next(Delivery delivery) {
      throw new AssertionError("nothing should have to wait: " + delivery);
    }

    @Override
    public void over() {}

    @Override
    public void partly() {}
  }

  /** One second, two, four; or five minutes. */
  private final class Doubling implements Recorder.Pause {
    private long seconds = 1;

    @Override
    public Duration next(Delivery delivery) {
      Duration wait =
          delivery.fate() == Delivery.Fate.TRY_MUCH_LATER
              ? Duration.ofMinutes(5)
              : Duration.ofSeconds(seconds);
      seconds *= 2;
      Duration asked = delivery.notBefore();
      Duration chosen = asked != null && asked.compareTo(wait) > 0 ? asked : wait;
      pauses.add(chosen);
      return chosen;
    }

    @Override
    public void over() {
      seconds = 1;
    }

    @Override
    public void partly() {
      seconds = 1;
    }
  }
}
