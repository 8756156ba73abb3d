package io.splitio;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.condition;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.LossListener.Loss;
import io.splitio.api.SdkHealth.Ledger;
import io.splitio.record.Delivery.Fate;
import io.splitio.testing.Definitions;
import io.splitio.testing.KeptSinks;
import io.splitio.testing.LogCapture;
import io.splitio.testing.SdkThreadsAlive;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an instance could not deliver is told at its end (reliability 3.5). */
@Timeout(30)
class LossListenerTest {
  private static final String DEFINITIONS =
      changes(flag("f", condition("ROLLOUT", "all", List.of(partition("on", 100)), allKeys())));

  private final KeptSinks sinks = new KeptSinks();
  private final LogCapture log = LogCapture.warnings();
  private final List<Loss> told = new CopyOnWriteArrayList<>();
  private final SplitConfig config = SplitConfig.defaults().withoutShutdownHook();

  @AfterEach
  void close() {
    log.close();
  }

  private void useAndDestroy(SplitConfig settings) {
    SplitFactory factory = SplitFactory.create(Definitions.of(DEFINITIONS, sinks), settings);
    for (int i = 0; i < 3; i++) {
      factory.client().getTreatment("ana", "f");
    }
    factory.client().track("ana", "user", "purchase");
    factory.destroy();
  }

  @Test
  void whatCouldNotBeDeliveredIsToldOnceWithTheFinalAccounts() {
    sinks.always(Fate.TRY_AGAIN);

    useAndDestroy(config.withLossListener(told::add));

    assertThat(told)
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.impressions()).isEqualTo(new Ledger(1, 0, 0, 0, 0, 0, 1));
              assertThat(loss.events()).isEqualTo(new Ledger(1, 0, 0, 0, 0, 0, 1));
              assertThat(loss.counts()).isEqualTo(2);
              assertThat(loss.uniqueKeys()).isZero();
            });
  }

  @Test
  void whereNothingIsLostNothingIsTold() {
    useAndDestroy(config.withLossListener(told::add));

    assertThat(sinks.events()).hasSize(1);
    assertThat(told).isEmpty();
  }

  @Test
  void aServiceThatNeverAnswersLeavesTimeToTell() {
    sinks.answering(what -> new CompletableFuture<>());

    LossListener slow =
        loss -> {
          try {
            if (!new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
              told.add(loss);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // there was no time
          }
        };

    useAndDestroy(config.withShutdownTimeout(Duration.ofSeconds(3)).withLossListener(slow));

    assertThat(told)
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.impressions().queued()).isEqualTo(1);
              assertThat(loss.counts()).isEqualTo(2);
            });
  }

  @Test
  void anInterruptedEndLeavesTimeToTell() {
    sinks.always(Fate.TRY_AGAIN);
    LossListener slow =
        loss -> {
          try {
            if (!new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
              told.add(loss);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // there was no time
          }
        };
    SplitFactory factory =
        SplitFactory.create(Definitions.of(DEFINITIONS, sinks), config.withLossListener(slow));
    factory.client().track("ana", "user", "purchase");

    Thread.currentThread().interrupt();
    factory.destroy();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(told).hasSize(1);
  }

  @Test
  void oneThatFailsKeepsTheOthersFromNothing() {
    sinks.always(Fate.TRY_AGAIN);
    LossListener failing =
        loss -> {
          throw new AssertionError("not today");
        };

    useAndDestroy(config.withLossListener(failing).withLossListener(told::add));

    assertThat(told).hasSize(1);
    assertThat(log.lines()).anyMatch(line -> line.contains("A loss listener failed"));
  }

  @Test
  void oneThatNeverReturnsKeepsNobodyBeyondTheTimeAndIsInterrupted() {
    sinks.always(Fate.TRY_AGAIN);
    CountDownLatch interrupted = new CountDownLatch(1);
    LossListener waiting =
        loss -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        };
    long before = System.nanoTime();

    useAndDestroy(config.withShutdownTimeout(Duration.ofMillis(300)).withLossListener(waiting));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(log.lines()).anyMatch(line -> line.contains("nobody waits for it"));
    new SdkThreadsAlive().awaitNone();
    assertThat(interrupted.getCount()).isZero();
  }
}
