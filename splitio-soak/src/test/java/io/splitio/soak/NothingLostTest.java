package io.splitio.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.Paced;
import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.api.SdkHealth.Ledger;
import io.splitio.backend.split.SplitConnector;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import io.splitio.fake.proxy.FaultProxy;
import io.splitio.soak.rig.FastTimers;
import io.splitio.soak.rig.Patience;
import io.splitio.soak.rig.Report;
import io.splitio.soak.rig.Rig;
import io.splitio.soak.rig.SwitchedTls;
import io.splitio.soak.rig.SwitchedTls.Shown;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** what happened is delivered, and what is lost is counted. */
class NothingLostTest {
  /** Outages of 1, 10 and 120 seconds take a twentieth of that. */
  private static final int FACTOR = 20;

  /** Longer than a busy machine takes to answer, as a reply that comes too late is a lost one. */
  private static final Duration READ = Duration.ofSeconds(4);

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int IMPRESSIONS = 30_000;
  private static final int EVENTS = 10_000;
  private static final int BATCH = 5_000;

  private final SwitchedTls tls = new SwitchedTls();
  private final SplitCloud cloud = SplitCloud.startTls(tls.context());
  private final FaultProxy proxy = FaultProxy.to(URI.create(cloud.url()));

  /** Outages of which the service knows. */
  private static final Set<Outage> ANSWERED = EnumSet.of(Outage.ALL_500, Outage.HANG, Outage.RESET);

  /** The ways for a service not to be there. */
  enum Outage {
    REFUSED {
      @Override
      void begin(NothingLostTest test) {
        test.proxy.refuse();
        test.proxy.reset();
      }
    },
    ALL_500 {
      @Override
      void begin(NothingLostTest test) {
        test.posts(Fault.status(500));
      }
    },
    HANG {
      @Override
      void begin(NothingLostTest test) {
        test.posts(Fault.hang());
      }
    },
    RESET {
      @Override
      void begin(NothingLostTest test) {
        test.posts(Fault.reset());
      }
    },
    TLS {
      @Override
      void begin(NothingLostTest test) {
        test.tls.show(Shown.WRONG_HOST);
        test.proxy.reset();
      }
    };

    abstract void begin(NothingLostTest test);

    static void end(NothingLostTest test) {
      test.tls.show(Shown.GOOD);
      test.cloud.faults().clear();
      test.proxy.accept();
    }
  }

  @BeforeEach
  void serveOneFlag() {
    cloud.flags().put(Flag.named("f").otherwise("on"));
    cloud.received().impressions().countOnly();
    cloud.received().events().countOnly();
  }

  @AfterEach
  void end() {
    proxy.close();
    cloud.close();
  }

  private void posts(Fault fault) {
    cloud.faults().always(Endpoint.IMPRESSIONS, fault).always(Endpoint.EVENTS, fault);
  }

  private SplitFactory start(int queue) {
    SplitConfig config =
        SplitConfig.defaults()
            .withoutShutdownHook()
            .withoutTelemetry()
            .withImpressionMode(ImpressionMode.DEBUG)
            .withImpressionsQueueSize(queue)
            .withEventsQueueSize(EVENTS);
    SplitFactory factory =
        Paced.start(
            SplitConnector.sdkKey(Rig.KEY)
                .endpoint(URI.create(proxy.url()))
                .withoutStreaming()
                .http(
                    http ->
                        http.withoutEnvironmentProxy()
                            .withTls(http.tls().trusting(SwitchedTls.trusted()))
                            .withTimeouts(
                                http.timeouts().withRead(READ).withTotal(READ.multipliedBy(2)))),
            config,
            timers -> new FastTimers(timers, FACTOR));
    factory.ready().orTimeout(20, TimeUnit.SECONDS).join();
    return factory;
  }

  /** */
  @ParameterizedTest
  @EnumSource(Outage.class)
  void anOutageWithinTheCapacityLosesAndDoublesNothing(Outage kind) {
    for (int seconds : new int[] {1, 10, 120}) {
      long impressions = cloud.received().impressions().total();
      long events = cloud.received().events().total();
      try (SplitFactory factory = start(IMPRESSIONS)) {
        int noticed = cloud.faults().happened();
        kind.begin(this);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) / FACTOR;
        produce(factory, IMPRESSIONS, EVENTS);
        Patience.pass(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        if (ANSWERED.contains(kind)) {
          Patience.await(LONG, "a batch meets " + kind, () -> metAfter(noticed));
        }
        assertThat(cloud.received().impressions().total()).isEqualTo(impressions);
        assertThat(cloud.received().events().total()).isEqualTo(events);
        Outage.end(this);
        long mended = System.nanoTime();
        factory.retryNow();
        cloud.received().impressions().awaitTotal(impressions + IMPRESSIONS, LONG);
        cloud.received().events().awaitTotal(events + EVENTS, LONG);
        Report.say(
            "Q-5: %s for %d s: %d impressions and %d events delivered %d ms after its end",
            kind,
            seconds,
            IMPRESSIONS,
            EVENTS,
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - mended));
        factory.destroy();
        exact(factory.health().impressions(), IMPRESSIONS);
        exact(factory.health().events(), EVENTS);
      }
      assertThat(cloud.received().impressions().total()).isEqualTo(impressions + IMPRESSIONS);
      assertThat(cloud.received().events().total()).isEqualTo(events + EVENTS);
    }
  }

  private List<String> metAfter(int before) {
    return cloud.faults().happened() > before ? List.of() : List.of("no fault yet");
  }

  private static void produce(SplitFactory factory, int impressions, int events) {
    for (int i = 0; i < impressions; i++) {
      assertThat(factory.client().getTreatment("u" + i, "f")).isEqualTo("on");
    }
    for (int i = 0; i < events; i++) {
      assertThat(factory.client().track("u" + i, "user", "bought", 1.0)).isTrue();
    }
  }

  private static void exact(Ledger ledger, long accepted) {
    assertThat(ledger).isEqualTo(new Ledger(accepted, accepted, 0, 0, 0, 0, 0));
  }

  /** */
  @Test
  void onlyALostReplyDoublesAndOnlyItsBatch() {
    try (SplitFactory factory = start(IMPRESSIONS)) {
      cloud.faults().next(Endpoint.IMPRESSIONS, Fault.lostReply());
      produce(factory, IMPRESSIONS, 0); // so many are sent at once, in batches
      Patience.await(LONG, "delivery", () -> missing(factory.health().impressions()));
      factory.destroy();
      exact(factory.health().impressions(), IMPRESSIONS);
    }
    assertThat(cloud.received().impressions().total()).isEqualTo(IMPRESSIONS + BATCH);
  }

  private static List<String> missing(Ledger ledger) {
    return ledger.delivered() == IMPRESSIONS ? List.of() : List.of(ledger.toString());
  }

  /** */
  @Test
  void whatIsBeyondTheCapacityIsCountedToTheLastOne() {
    int produced = 1_000_000 + EVENTS;
    try (SplitFactory factory = start(EVENTS)) {
      posts(Fault.status(503));
      long tracked = 0;
      for (int i = 0; i < produced; i++) {
        assertThat(factory.client().getTreatment("u" + i, "f")).isEqualTo("on");
        tracked += factory.client().track("u", "user", "bought", 1.0) ? 1 : 0;
      }
      Ledger full = factory.health().impressions();
      assertThat(full.accepted()).isEqualTo(EVENTS);
      assertThat(full.full()).isEqualTo(produced - EVENTS);
      assertThat(tracked).isEqualTo(EVENTS);
      assertThat(factory.health().events().full()).isEqualTo(produced - EVENTS);
      cloud.faults().clear();
      cloud.received().impressions().awaitTotal(EVENTS, LONG);
      cloud.received().events().awaitTotal(EVENTS, LONG);
      factory.destroy();
      Report.say("Q-6: of %d, %s", produced, factory.health().impressions());
      assertThat(factory.health().impressions().delivered()).isEqualTo(EVENTS);
      assertThat(factory.health().impressions().balances()).isTrue();
    }
    assertThat(cloud.received().impressions().total()).isEqualTo(EVENTS);
  }

  /** */
  @Test
  void aHundredShutdownsUnderLoadLoseNothing() throws InterruptedException {
    Shutdowns all = new Shutdowns();
    for (int i = 0; i < 100; i++) {
      all.one();
    }
    Report.say(
        "Q-3: 100 shutdowns under load, the longest %d ms: %d impressions and %d events, lost %d",
        all.longest, all.impressions, all.events, all.lost);
    assertThat(all.impressions).isGreaterThanOrEqualTo(1_000_000);
    assertThat(all.events).isGreaterThanOrEqualTo(100_000);
    assertThat(all.lost).isZero();
    assertThat(cloud.received().impressions().total()).isEqualTo(all.impressions);
    assertThat(cloud.received().events().total()).isEqualTo(all.events);
  }

  /** Instances that end while four threads use them. */
  private final class Shutdowns {
    private static final int THREADS = 4;
    private static final int EACH = 2_600;

    private long impressions;
    private long events;
    private long lost;
    private long longest;

    private void one() throws InterruptedException {
      AtomicLong served = new AtomicLong();
      AtomicLong tracked = new AtomicLong();
      SplitFactory factory = start(IMPRESSIONS);
      List<Thread> users = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        users.add(new Thread(() -> use(factory, served, tracked)));
      }
      users.forEach(Thread::start);
      long deadline = System.nanoTime() + LONG.toNanos();
      while (served.get() < THREADS * EACH) {
        assertThat(System.nanoTime() - deadline).as("time left for treatments").isNegative();
        LockSupport.parkNanos(100_000);
      }
      long start = System.nanoTime();
      factory.destroy();
      longest = Math.max(longest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      for (Thread user : users) {
        user.join();
      }
      add(factory.health().impressions(), served.get());
      impressions += served.get();
      Ledger told = factory.health().events();
      assertThat(told.balances()).isTrue();
      assertThat(told.accepted()).isEqualTo(tracked.get());
      lost += told.abandoned() + told.queued();
      events += tracked.get();
    }

    /** Quickly at first, then slower than the service takes it; until the end. */
    private void use(SplitFactory factory, AtomicLong served, AtomicLong tracked) {
      for (int i = 0; factory.client().getTreatment("u" + i, "f").equals("on"); i++) {
        served.incrementAndGet();
        if (i % 10 == 0 && factory.client().track("u" + i, "user", "bought", 1.0)) {
          tracked.incrementAndGet();
        }
        if (i >= EACH) {
          LockSupport.parkNanos(200_000);
        }
      }
    }

    private void add(Ledger ledger, long served) {
      assertThat(ledger.balances()).isTrue();
      assertThat(ledger.accepted() + ledger.late() + ledger.full()).isEqualTo(served);
      lost += ledger.late() + ledger.full() + ledger.abandoned() + ledger.queued();
    }
  }
}
