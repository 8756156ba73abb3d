package io.splitio.record;

import static io.splitio.record.RecorderFixture.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.ImpressionMode;
import io.splitio.api.SdkHealth.Ledger;
import io.splitio.record.Delivery.Fate;
import io.splitio.testing.KeptSinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Accepted is delivered, queued or dropped for a reason, whatever the threads, the service and the
 * end of the instance do to one another (reliability I8, P-1 and P-11).
 */
class LedgerTest {
  private static final Fate[] PASSING = {
    Fate.DELIVERED, Fate.DELIVERED, Fate.TRY_AGAIN, Fate.HALVE, Fate.REFUSED
  };

  @Property(tries = 40)
  void everyEventIsAccountedFor(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300) int capacity,
      @ForAll @IntRange(min = 1, max = 70) int bulk)
      throws InterruptedException {
    RecorderFixture fixture = new RecorderFixture();
    fixture.capacity = capacity;
    fixture.bulk = bulk;
    Random random = new Random(seed);
    fixture.sinks.answering(what -> answer(random));
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    Recorder recorder = fixture.recorder(scheduler);
    recorder.start();
    Producers producers = new Producers(recorder, 3, 2_000);
    producers.await(random.nextInt(4_000));
    recorder.close(Duration.ofSeconds(10));
    producers.join();
    scheduler.shutdownNow();

    assertThat(scheduler.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    Ledger ledger = recorder.accounts().events();
    assertThat(ledger.balances()).as("%s", ledger).isTrue();
    assertThat(ledger.queued()).isZero();
    assertThat(ledger.accepted()).isEqualTo(producers.accepted.get());
    assertThat(ledger.accepted() + ledger.full() + ledger.late()).isEqualTo(6_000);
    assertThat(ledger.delivered()).isEqualTo(fixture.sinks.events().size());
    assertThat(new HashSet<>(fixture.sinks.events())).hasSize(fixture.sinks.events().size());
  }

  private static CompletableFuture<Delivery> answer(Random random) {
    Fate fate;
    synchronized (random) {
      fate = PASSING[random.nextInt(PASSING.length)];
    }
    return CompletableFuture.supplyAsync(() -> Delivery.of(fate));
  }

  @Property(tries = 20)
  void everyImpressionOfAHealthyServiceArrives(@ForAll long seed) throws InterruptedException {
    RecorderFixture fixture = new RecorderFixture();
    fixture.mode = ImpressionMode.DEBUG;
    KeptSinks sinks = fixture.sinks;
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    Recorder recorder = fixture.recorder(scheduler);
    recorder.start();
    AtomicLong served = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    CountDownLatch half = new CountDownLatch(4_000);
    for (int t = 0; t < 4; t++) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  RecorderFixture.serve(recorder, "k" + i, "f");
                  served.incrementAndGet();
                  half.countDown();
                }
              }));
    }
    threads.forEach(Thread::start);
    half.await();
    recorder.close(Duration.ofSeconds(10));
    for (Thread thread : threads) {
      thread.join();
    }
    scheduler.shutdownNow();

    Ledger ledger = recorder.accounts().impressions();
    assertThat(ledger.accepted() + ledger.late()).isEqualTo(served.get());
    assertThat(ledger.delivered())
        .isEqualTo(ledger.accepted())
        .isEqualTo(sinks.impressions().size());
  }

  /** Threads that track events. */
  private static final class Producers {
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong offered = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    private Producers(Recorder recorder, int count, int each) {
      for (int t = 0; t < count; t++) {
        String name = "t" + t + "-";
        Thread thread = new Thread(() -> produce(recorder, name, each));
        threads.add(thread);
        thread.start();
      }
    }

    private void produce(Recorder recorder, String name, int each) {
      for (int i = 0; i < each; i++) {
        if (recorder.events().offer(event(name + i))) {
          accepted.incrementAndGet();
        }
        offered.incrementAndGet();
      }
    }

    private void await(int many) {
      while (offered.get() < many) {
        Thread.onSpinWait();
      }
    }

    private void join() throws InterruptedException {
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
