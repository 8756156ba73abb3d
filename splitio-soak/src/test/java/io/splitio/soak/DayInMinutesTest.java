package io.splitio.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.Paced;
import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth.Ledger;
import io.splitio.fake.SplitCloud;
import io.splitio.soak.rig.FaultSchedule;
import io.splitio.soak.rig.Figures;
import io.splitio.soak.rig.Landscape;
import io.splitio.soak.rig.Load;
import io.splitio.soak.rig.Patience;
import io.splitio.soak.rig.ProcessFigures;
import io.splitio.soak.rig.Report;
import io.splitio.soak.rig.Rig;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * a day, or {@code -Dsoak.days} of them, each in five minutes; one instance streams,
 * another polls.
 */
class DayInMinutesTest {
  private static final int DAYS = Integer.getInteger("soak.days", 1);
  private static final Duration SLOT = Duration.ofMillis(3350);
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(30);
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final int EVERY = 4;
  private static final int PER_SECOND = 360_000;

  private static final int HTTP_THREADS = 8;

  /** Of a connection: the instance's, the service's, and two of the proxy between them. */
  private static final long ENDS = 4;

  private final Figures heap = new Figures();
  private final Figures resident = new Figures();
  private final Figures threads = new Figures();
  private final Figures descriptors = new Figures();
  private final Figures recoveries = new Figures();
  private long polls;
  private long renewals;
  private int drops;
  private int outages;

  @Test
  void aDayOfFaultsLeavesNothingBehindAndNothingOut() {
    Random random = new Random(FaultSchedule.seed("Q-1"));
    try (Rig rig = new Rig(random)) {
      SplitCloud cloud = rig.cloud();
      cloud.received().impressions().countOnly();
      cloud.received().impressionCounts().countOnly();
      cloud.received().events().countOnly();
      cloud.received().telemetryUsage().countOnly();
      cloud.authentication().tokenLifetime(Duration.ofMinutes(20));
      SplitConfig config =
          SplitConfig.defaults().withoutShutdownHook().withImpressionsQueueSize(100_000);
      SplitFactory streaming = rig.start("streaming", rig.connector(), config);
      SplitFactory polling = rig.start("polling", rig.connector().withoutStreaming(), config);
      rig.converge(RECOVERY, "the start");
      try (Load load =
          new Load(List.of(streaming.client(), polling.client()), rig.observer(), PER_SECOND)) {
        live(rig, FaultSchedule.ofDays(DAYS, random));
        load.close();
        report(rig, load);
        books(rig, load.evaluations() + rig.answers());
        assertThat(load.evaluations()).isGreaterThanOrEqualTo(100_000_000L * DAYS);
      }
    }
  }

  private void live(Rig rig, FaultSchedule schedule) {
    int number = 0;
    for (FaultSchedule.Step step : schedule.steps()) {
      long end = System.nanoTime() + SLOT.toNanos();
      step.breakage().begin(rig);
      change(rig.landscape(), System.nanoTime() + step.lasting().toNanos());
      step.breakage().end(rig);
      Duration took = rig.converge(RECOVERY, step.toString());
      recoveries.add(took.toMillis());
      drops += step.breakage().name().startsWith("stream ") ? 1 : 0;
      outages += step.breakage().name().startsWith("outage") ? 1 : 0;
      int tokens = rig.cloud().authentication().issued();
      change(rig.landscape(), end);
      renewals += rig.cloud().authentication().issued() - tokens;
      rig.converge(RECOVERY, "the calm after " + step);
      polls += rig.reads("polling");
      descriptors.add(ProcessFigures.descriptors() - ENDS * rig.cloud().openConnections());
      if (number++ % EVERY == 0) {
        measure();
      }
      assertThat(rig.observer().complaints()).as("after %s", step).isEmpty();
    }
  }

  private static void change(Landscape landscape, long end) {
    while (System.nanoTime() < end) {
      landscape.change();
      Patience.pass(BETWEEN_CHANGES);
    }
  }

  private void measure() {
    heap.add(ProcessFigures.heap());
    resident.add(ProcessFigures.resident());
    threads.add(ProcessFigures.sdkThreads().size());
  }

  private void report(Rig rig, Load load) {
    // one figure every four slots of 3.35 s; an hour of the day is 12.5 s
    double hour = 12.5 / (EVERY * SLOT.toMillis() / 1000.0);
    long notified = rig.notifications();
    Report.say(
        "Q-1: %d days: %d polls, %d renewals, %d notifications, %d stream drops, %d outages, %d"
            + " evaluations, %d snapshots, %d lines logged",
        DAYS,
        polls,
        renewals,
        notified,
        drops,
        outages,
        load.evaluations(),
        rig.observer().changes(),
        rig.observer().logged());
    Report.say(
        "Q-1: converged after a fault: p50 %.0f ms, p90 %.0f ms, max %.0f ms (of %d)",
        recoveries.percentile(50), recoveries.percentile(90), recoveries.max(), recoveries.size());
    Report.say(
        "Q-1: an hour adds to the heap %.3f %% of %.1f MB, to the resident memory %.3f %% of %.0f"
            + " MB; threads %.0f (max %.0f, %+.0f), descriptors %.0f (max %.0f, %+.0f)",
        heap.slope() * hour,
        heap.percentile(50) / 1e6,
        resident.slope() * hour,
        resident.percentile(50) / 1024,
        threads.percentile(50),
        threads.max(),
        threads.rise(),
        descriptors.percentile(50),
        descriptors.max(),
        descriptors.rise());
    assertThat(polls).isGreaterThanOrEqualTo(1_400L * DAYS);
    assertThat(renewals).isGreaterThanOrEqualTo(24L * DAYS);
    assertThat(notified).isGreaterThanOrEqualTo(5_000L * DAYS);
    assertThat(drops).isGreaterThanOrEqualTo(50 * DAYS);
    assertThat(outages).isGreaterThanOrEqualTo(20 * DAYS);
    assertThat(heap.slope() * hour).as("heap").isLessThan(1);
    assertThat(resident.slope() * hour).as("resident memory").isLessThan(2);
    // threads for HTTP rest after 5 s of real time, which this pace does not leave them
    assertThat(threads.rise()).as("threads").isLessThanOrEqualTo(HTTP_THREADS);
    assertThat(descriptors.rise()).as("descriptors").isLessThanOrEqualTo(2);
  }

  /** Whatever was recorded is delivered, or counted as lost. */
  private static void books(Rig rig, long served) {
    long delivered = 0;
    long recorded = 0;
    long counted = 0;
    long events = 0;
    for (Rig.Living living : rig.instances()) {
      living.factory().destroy();
      var accounts = Paced.accounts(living.factory());
      Ledger impressions = accounts.impressions();
      Report.say("Q-1: %s: %s", living.name(), accounts);
      assertThat(impressions.balances()).isTrue();
      assertThat(impressions.dropped() + accounts.events().dropped()).isZero();
      assertThat(accounts.events().balances()).isTrue();
      assertThat(accounts.countsLost()).isZero();
      recorded += impressions.accepted() + accounts.deduplicated();
      counted += accounts.deduplicated();
      delivered += impressions.delivered();
      events += accounts.events().delivered();
    }
    var received = rig.cloud().received();
    Report.say(
        "Q-1: the service received %d of %d impressions, %d of %d events, counts of %d",
        received.impressions().total(),
        delivered,
        received.events().total(),
        events,
        received.impressionCounts().total());
    assertThat(recorded).as("each treatment is in the books once").isEqualTo(served);
    assertThat(received.impressionCounts().total()).isGreaterThanOrEqualTo(counted);
    assertThat(received.impressions().total()).isGreaterThanOrEqualTo(delivered);
    assertThat(received.events().total()).isGreaterThanOrEqualTo(events);
  }
}
