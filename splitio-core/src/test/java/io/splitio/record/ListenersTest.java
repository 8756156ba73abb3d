package io.splitio.record;

import static io.splitio.record.RecorderFixture.START;
import static io.splitio.record.RecorderFixture.serve;
import static io.splitio.record.RecorderFixture.serveCounted;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Impression;
import io.splitio.api.ImpressionListener;
import io.splitio.api.ImpressionMode;
import io.splitio.api.Key;
import io.splitio.telemetry.Telemetry.Counter;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners beside a service (protocol specification 11, reliability 3.9). */
class ListenersTest {
  private final LogCapture log = LogCapture.warnings();
  private final RecorderFixture fixture = new RecorderFixture();
  private final List<Impression> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    log.close();
  }

  @ParameterizedTest
  @EnumSource(ImpressionMode.class)
  void everyImpressionIsHeardInEveryMode(ImpressionMode mode) {
    fixture.mode = mode;
    fixture.listeners = List.of(heard::add);
    Recorder recorder = fixture.recorder();
    serve(recorder, "u1", "f");
    serve(recorder, "u1", "f");
    serve(recorder, "u1", "f", Map.of("plan", "pro"));
    serveCounted(recorder, "u1", "g");
    fixture.close(recorder);

    assertThat(heard).extracting(Impression::flag).containsExactly("f", "f", "f", "g");
  }

  @Test
  void anImpressionIsHeardWithAllThatIsKnown() {
    fixture.listeners = List.of(heard::add);
    Recorder recorder = fixture.recorder();
    serve(recorder, "u1", "f");
    fixture.now += 7;
    serve(recorder, "u1", "f");
    fixture.close(recorder);

    assertThat(heard.get(1))
        .isEqualTo(
            new Impression(
                "f",
                "u1",
                null,
                "on",
                "in segment all",
                7L,
                START + 7,
                START,
                Map.of("age", 7),
                Map.of(),
                "host-1",
                "splitio-jvm-test"));
  }

  @Test
  void aListenerThatThrowsOrInterruptsItsThreadHarmsNobody() {
    ImpressionListener failing =
        impression -> {
          throw new AssertionError("on purpose");
        };
    ImpressionListener interrupting = impression -> Thread.currentThread().interrupt();
    fixture.listeners = List.of(failing, interrupting, heard::add);
    Recorder recorder = fixture.recorder();
    for (int i = 0; i < 50; i++) {
      serve(recorder, "u" + i, "f");
    }
    fixture.close(recorder);

    assertThat(heard).hasSize(50);
    assertThat(fixture.telemetry.total(Counter.LISTENER_ERRORS)).isEqualTo(50);
    assertThat(fixture.sinks.impressions()).hasSize(50);
    assertThat(log.lines()).singleElement().asString().contains("listener failed");
  }

  @Test
  void aListenerIsNotCalledOnAThreadThatAnotherInterrupted() {
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    fixture.listeners =
        List.of(
            impression -> Thread.currentThread().interrupt(),
            impression -> interrupted.add(Thread.currentThread().isInterrupted()));
    Recorder recorder = fixture.recorder();
    for (int i = 0; i < 6; i++) {
      serve(recorder, "u" + i, "f");
    }
    fixture.close(recorder);

    assertThat(interrupted).hasSize(6).containsOnly(false);
  }

  @Test
  void theNameOfTheProcessIsAskedForOnceAndOnTheListenersThread() {
    List<String> askers = new CopyOnWriteArrayList<>();
    fixture.instanceName =
        () -> {
          askers.add(Thread.currentThread().getName());
          return "host-1";
        };
    fixture.listeners = List.of(heard::add);
    Recorder recorder = fixture.recorder();
    assertThat(askers).isEmpty();
    serve(recorder, "u1", "f");
    serve(recorder, "u2", "f");
    fixture.close(recorder);

    assertThat(heard).extracting(Impression::instanceId).containsExactly("host-1", "host-1");
    assertThat(askers).containsExactly("listener-of-a-test");
  }

  @Test
  void aNameThatCannotBeHadCostsNoThread() {
    AtomicInteger asked = new AtomicInteger();
    fixture.instanceName =
        () -> {
          if (asked.incrementAndGet() == 1) {
            throw new IllegalStateException("no name server");
          }
          return "host-1";
        };
    fixture.listeners = List.of(heard::add);
    Recorder recorder = fixture.recorder();
    serve(recorder, "u1", "f");
    serve(recorder, "u2", "f");
    fixture.close(recorder);

    assertThat(heard).extracting(Impression::matchingKey).containsExactly("u2");
  }

  @Test
  void aBucketingKeyAndPropertiesAreHeard() {
    fixture.listeners = List.of(heard::add);
    Recorder recorder = fixture.recorder();
    recorder
        .impressions()
        .with(Map.of("p", 2))
        .record(
            Key.of("u", "b"),
            "f",
            RecorderFixture.evaluation("on"),
            Map.of("a", 1),
            System.nanoTime());
    fixture.close(recorder);

    assertThat(heard)
        .containsExactly(
            new Impression(
                "f",
                "u",
                "b",
                "on",
                "in segment all",
                7L,
                START,
                null,
                Map.of("a", 1),
                Map.of("p", 2),
                "host-1",
                "splitio-jvm-test"));
  }

  @Test
  void aListenerThatBlocksLosesWhatFindsNoRoomAndIsLeftBehind() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    fixture.listeners =
        List.of(
            impression -> {
              entered.countDown();
              await(never);
            });
    Recorder recorder = fixture.recorder();
    serve(recorder, "first", "f");
    await(entered);
    for (int i = 0; i < 150; i++) {
      serve(recorder, "u" + i, "f");
    }
    assertThat(fixture.telemetry.total(Counter.LISTENER_DROPS)).isEqualTo(50);
    recorder.close(Duration.ofMillis(50));

    assertThat(fixture.telemetry.total(Counter.LISTENER_DROPS)).isEqualTo(150);
    never.countDown();
  }

  @Test
  void aListenerMayEndTheRecorderItListensTo() {
    AtomicReference<@Nullable Recorder> own = new AtomicReference<>();
    CountDownLatch made = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    fixture.listeners =
        List.of(
            impression -> {
              await(made);
              Objects.requireNonNull(own.get()).close(Duration.ofSeconds(10));
              closed.countDown();
            });
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    Recorder recorder = fixture.recorder(scheduler);
    own.set(recorder);
    made.countDown();
    serve(recorder, "u", "f");
    await(closed);
    scheduler.shutdownNow();

    assertThat(fixture.sinks.impressions()).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
