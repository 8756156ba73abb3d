package io.splitio.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Evaluation;
import io.splitio.api.Impression;
import io.splitio.api.Key;
import io.splitio.api.SplitResult;
import io.splitio.record.HeardImpressions.Hearing;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What listeners are told of, and who pays for it. */
class HeardImpressionsTest {
  private final BlockingQueue<Impression> heard = new LinkedBlockingQueue<>();

  private HeardImpressions recorder(Supplier<String> instanceName) {
    Hearing hearing =
        new Hearing(List.of(heard::add), 10, true, new Identity("test-1", instanceName));
    return new HeardImpressions(
        hearing, Clock.systemUTC(), new Telemetry(), task -> new Thread(task, "the-listener"));
  }

  private static void record(HeardImpressions recorder) {
    Evaluation evaluation = new Evaluation(new SplitResult("on", null), "rule", 7L);
    recorder.record(Key.of("u", "b"), "f", evaluation, Map.of("a", 1), Map.of("p", 2));
  }

  @Test
  void theNameOfTheProcessIsAskedForOnceAndOnTheListenersThread() throws Exception {
    BlockingQueue<String> askers = new LinkedBlockingQueue<>();
    HeardImpressions recorder =
        recorder(
            () -> {
              askers.add(Thread.currentThread().getName());
              return "host-1";
            });
    assertThat(askers).isEmpty();

    record(recorder);
    record(recorder);

    assertThat(heard.poll(10, TimeUnit.SECONDS))
        .extracting(Impression::instanceId)
        .isEqualTo("host-1");
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
    recorder.close(Duration.ofSeconds(10));
    assertThat(askers).containsExactly("the-listener");
  }

  @Test
  void anImpressionSaysWhatWasServed() throws Exception {
    HeardImpressions recorder = recorder(() -> "host-1");
    record(recorder);
    recorder.close(Duration.ofSeconds(10));

    Impression impression = heard.poll(10, TimeUnit.SECONDS);
    assertThat(impression)
        .isEqualTo(
            new Impression(
                "f",
                "u",
                "b",
                "on",
                "rule",
                7L,
                impression == null ? 0 : impression.time(),
                null,
                Map.of("a", 1),
                Map.of("p", 2),
                "host-1",
                "test-1"));
  }

  @Test
  void aListenerThatInterruptsItsThreadHearsTheRest() throws Exception {
    Hearing hearing =
        new Hearing(
            List.of(
                impression -> Thread.currentThread().interrupt(),
                impression -> {
                  assertThat(Thread.currentThread().isInterrupted()).isFalse();
                  heard.add(impression);
                }),
            10,
            true,
            new Identity("test-1", () -> "host-1"));
    HeardImpressions recorder =
        new HeardImpressions(
            hearing, Clock.systemUTC(), new Telemetry(), task -> new Thread(task, "the-listener"));
    for (int i = 0; i < 6; i++) {
      record(recorder);
    }

    for (int i = 0; i < 6; i++) {
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
    recorder.close(Duration.ofSeconds(10));
  }

  @Test
  void aNameThatCannotBeHadCostsNoThread() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HeardImpressions recorder =
        recorder(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("no name server");
              }
              return "host-1";
            });
    record(recorder);
    record(recorder);

    assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
    recorder.close(Duration.ofSeconds(10));
  }
}
