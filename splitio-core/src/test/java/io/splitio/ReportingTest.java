package io.splitio;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.condition;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.partition;
import static io.splitio.testing.JsonText.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.splitio.api.ImpressionMode;
import io.splitio.api.SdkHealth.Ledger;
import io.splitio.api.SplitClient;
import io.splitio.record.Served;
import io.splitio.record.Sinks.Count;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.UsageReport;
import io.splitio.testing.Definitions;
import io.splitio.testing.KeptSinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an instance reports of itself and of what it served. */
class ReportingTest {
  private final KeptSinks sinks = new KeptSinks();

  private SplitFactory factory(SplitConfig config) {
    String definitions =
        changes(
            flag("f", condition("ROLLOUT", "all", List.of(partition("on", 100)), allKeys())),
            with(
                flag(
                    "quiet", condition("ROLLOUT", "all", List.of(partition("on", 100)), allKeys())),
                "impressionsDisabled",
                true));
    return SplitFactory.create(
        Definitions.of(definitions, sinks).segment("staff", List.of("ana", "bob")),
        config.withoutShutdownHook());
  }

  @Test
  void evaluationsAndEventsReachTheServiceAtTheEnd() {
    try (SplitFactory factory = factory(SplitConfig.defaults())) {
      SplitClient client = factory.client();
      client.getTreatment("ana", "f");
      client.getTreatment("ana", "f");
      client.getTreatment("ana", "quiet");
      client.getTreatment("ana", "unknown");
      client.track("ana", "user", "purchase");
    }

    assertThat(sinks.impressions()).extracting(Served::flag).containsExactly("f");
    assertThat(sinks.counts()).extracting(Count::flag).containsExactlyInAnyOrder("f", "quiet");
    assertThat(sinks.keyBatches()).hasSize(1);
    assertThat(sinks.events()).hasSize(1);
  }

  @Test
  void theSetUpIsToldWhenReady() {
    try (SplitFactory factory = factory(SplitConfig.defaults())) {
      assertThat(factory.isDestroyed()).isFalse();
      await().atMost(Duration.ofSeconds(10)).until(() -> sinks.configs().size() == 1);
    }

    assertThat(sinks.configs().get(0))
        .satisfies(
            report -> {
              assertThat(report.mode()).isEqualTo(ImpressionMode.OPTIMIZED);
              assertThat(report.impressions().period()).isEqualTo(Duration.ofMinutes(5));
              assertThat(report.impressions().capacity()).isEqualTo(10_000);
              assertThat(report.events().period()).isEqualTo(Duration.ofSeconds(10));
              assertThat(report.usagePeriod()).isEqualTo(Duration.ofHours(1));
              assertThat(report.activeFactories()).isPositive();
            });
  }

  @Test
  void theLastReportTellsHowLongMethodsTookAndWhatIsHeld() {
    try (SplitFactory factory = factory(SplitConfig.defaults())) {
      factory.client().getTreatment("ana", "f");
      factory.client().async().getTreatment("ana", "f").join();
      factory.client().getTreatments("ana", List.of("f"));
      factory.client().track("ana", "user", "purchase");
    }
    UsageReport last = sinks.usages().get(sinks.usages().size() - 1);

    assertThat(last.interval().methodLatencies())
        .containsOnlyKeys(Call.TREATMENT, Call.TREATMENTS, Call.TRACK);
    assertThat(
            last.interval().methodLatencies().get(Call.TREATMENT).stream()
                .mapToLong(Long::longValue)
                .sum())
        .isEqualTo(2);
    assertThat(last.held()).isEqualTo(new UsageReport.Held(2, 1, 2));
    assertThat(last.recorded().impressionsQueued()).isEqualTo(1);
  }

  @Test
  void withoutTelemetryNothingIsReportedOfTheSdk() {
    try (SplitFactory factory = factory(SplitConfig.defaults().withoutTelemetry())) {
      factory.client().getTreatment("ana", "f");
    }

    assertThat(sinks.order()).containsExactly("impressions");
  }

  @Test
  void destroyWhileThreadsEvaluateLosesNoImpression() throws InterruptedException {
    AtomicLong served = new AtomicLong();
    CountDownLatch busy = new CountDownLatch(2_000);
    List<Thread> threads = new ArrayList<>();
    SplitFactory factory = factory(SplitConfig.defaults().withImpressionMode(ImpressionMode.DEBUG));
    SplitClient client = factory.client();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                while (client.getTreatment("ana", "f").equals("on")) {
                  served.incrementAndGet();
                  busy.countDown();
                }
              });
      threads.add(thread);
      thread.start();
    }
    busy.await();
    factory.close();
    for (Thread thread : threads) {
      thread.join();
    }

    Ledger ledger = factory.health().impressions();
    assertThat(ledger.late()).isZero();
    assertThat(ledger.accepted() + ledger.full()).isEqualTo(served.get());
    assertThat(ledger.delivered()).isEqualTo(ledger.accepted());
    assertThat(sinks.impressions()).hasSize((int) ledger.delivered());
  }

  @Test
  void valuesOutOfRangeAreRefusedAndSaid() {
    SplitConfig config = SplitConfig.defaults();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withImpressionsQueueSize(0))
        .withMessage("impressionsQueueSize is 0; it must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withEventsBulkSize(5_001))
        .withMessage("eventsBulkSize is 5001; it must be from 1 to 5000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withObserverSize(499))
        .withMessage("observerSize is 499; it must be from 500 to 10000000");
    assertThatIllegalArgumentException().isThrownBy(() -> config.withObserverSize(10_000_001));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withTelemetryRefreshRate(Duration.ofSeconds(59)))
        .withMessage("telemetryRefreshRate is PT59S; it must be at least PT1M");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withEventsPushRate(Duration.ofMillis(999)))
        .withMessage("eventsPushRate is PT0.999S; it must be at least PT1S");
  }

  @Test
  void howOftenImpressionsMayBeSentDependsOnTheMode() {
    SplitConfig often = SplitConfig.defaults().withImpressionsRefreshRate(Duration.ofSeconds(10));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> factory(often))
        .withMessage("impressionsRefreshRate is PT10S; in mode OPTIMIZED it must be at least PT1M");
    factory(often.withImpressionMode(ImpressionMode.DEBUG)).close();
    factory(often.withImpressionMode(ImpressionMode.NONE)).close();
  }

  @Test
  void whatCannotBeReportedIsRefusedBeforeAnythingIsOpened() {
    AtomicBoolean connected = new AtomicBoolean();
    StubConnector connector =
        new StubConnector()
            .connecting(
                services -> {
                  connected.set(true);
                  throw new AssertionError("on purpose");
                });
    SplitConfig often = SplitConfig.defaults().withImpressionsRefreshRate(Duration.ofSeconds(10));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SplitFactory.create(connector, often.withoutShutdownHook()));
    assertThat(connected).isFalse();
  }

  @Test
  void threadsComeFromTheGivenFactory() {
    List<String> made = new CopyOnWriteArrayList<>();
    SplitConfig config =
        SplitConfig.defaults()
            .withThreadFactory(
                task -> {
                  Thread thread =
                      new Thread(
                          () -> {
                            made.add(Thread.currentThread().getName());
                            task.run();
                          });
                  thread.setDaemon(true);
                  return thread;
                });
    factory(config).close();

    assertThat(made).isNotEmpty().allMatch(name -> name.startsWith("splitio-"));
  }
}
