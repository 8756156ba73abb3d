package io.splitio.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.http.Fault;
import io.splitio.fake.proxy.FaultProxy;
import io.splitio.soak.rig.Patience;
import io.splitio.soak.rig.ProcessFigures;
import io.splitio.soak.rig.Report;
import io.splitio.soak.rig.StuckProcess;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** an end comes in time, whatever the instance does and whoever does not answer. */
class BoundedEndTest {
  private static final Duration LIMIT = StuckProcess.SHUTDOWN.plusSeconds(1);

  /** A service, the way to it, and what keeps it from answering. */
  record Service(SplitCloud cloud, FaultProxy proxy) implements AutoCloseable {
    private static Service start() {
      SplitCloud cloud = SplitCloud.start();
      return new Service(cloud, FaultProxy.to(URI.create(cloud.url())));
    }

    @Override
    public void close() {
      proxy.close();
      cloud.close();
    }
  }

  /** Who does not answer as it should. */
  enum Peer {
    REFUSES(on -> cut(on, on.proxy.toClient()::clear, FaultProxy::refuse)),
    DROPS_CONNECTS(on -> cut(on, on.proxy.toClient()::clear, FaultProxy::blackholeConnects)),
    ACCEPTS_SILENTLY(on -> cut(on, on.proxy.toClient()::clear, FaultProxy::acceptSilently)),
    NEVER_ANSWERS(on -> on.cloud.faults().always(Fault.hang())),
    STOPS_IN_THE_MIDDLE(on -> on.cloud.faults().always(Fault.stall(3))),
    TRICKLES(on -> on.cloud.faults().always(Fault.trickle(1, Duration.ofMillis(500)))),
    HALF_OPEN(on -> on.proxy.toClient().blackholeAfter(0)),
    SWALLOWS_REQUESTS(on -> on.proxy.toServer().blackholeAfter(0)),
    CRAWLS(on -> on.proxy.toClient().bandwidth(10)),
    SAYS_500(on -> on.cloud.faults().always(Fault.status(500))),
    SAYS_LATER(on -> on.cloud.faults().always(Fault.retryAfter(429, "600"))),
    RESETS(on -> on.cloud.faults().always(Fault.reset()));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Consumer<Service> stick;

    Peer(Consumer<Service> stick) {
      this.stick = stick;
    }

    private static void cut(Service on, Runnable first, Consumer<FaultProxy> how) {
      first.run();
      how.accept(on.proxy);
      on.proxy.reset();
    }
  }

  /** What an instance may be doing. */
  enum State {
    JUST_MADE,
    LOADING_FLAGS,
    LOADING_SEGMENTS,
    REFUSED_FOR_GOOD,
    POLLING,
    AUTHENTICATING,
    CONNECTING,
    STREAMING,
    STREAM_LOST,
    QUEUES_FULL,
    SENDING,
    SUSPENDED,
    LISTENER_STUCK;

    private static final Set<State> NEVER_READY =
        EnumSet.of(JUST_MADE, LOADING_FLAGS, LOADING_SEGMENTS, REFUSED_FOR_GOOD);

    /** Brings an instance there, and then lets the peer stick. */
    SplitFactory reach(Service on, Peer peer) {
      before(on, peer);
      SplitFactory factory =
          StuckProcess.instance(
              on.proxy.url(), this == POLLING, this == LISTENER_STUCK, this == LISTENER_STUCK);
      if (!NEVER_READY.contains(this)) {
        factory.ready().orTimeout(20, TimeUnit.SECONDS).join();
      }
      live(on, factory);
      if (this != JUST_MADE && this != LOADING_FLAGS) {
        peer.stick.accept(on);
      }
      if (this == STREAM_LOST) {
        on.cloud.streaming().reset();
      }
      return factory;
    }

    private void before(Service on, Peer peer) {
      StuckProcess.populate(on.cloud);
      switch (this) {
        case JUST_MADE, LOADING_FLAGS -> peer.stick.accept(on);
        case LOADING_SEGMENTS -> on.cloud.faults().always(Endpoint.SEGMENT_CHANGES, Fault.hang());
        case REFUSED_FOR_GOOD ->
            on.cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(401));
        case AUTHENTICATING -> on.cloud.faults().always(Endpoint.AUTH, Fault.hang());
        case CONNECTING -> on.cloud.faults().always(Endpoint.STREAM, Fault.hang());
        case SENDING -> on.cloud.faults().always(Endpoint.EVENTS, Fault.hang());
        default -> {}
      }
    }

    private void live(Service on, SplitFactory factory) {
      Duration soon = Duration.ofSeconds(20);
      switch (this) {
        case LOADING_FLAGS -> Patience.pass(Duration.ofMillis(100));
        case LOADING_SEGMENTS -> on.cloud.requests().await(Endpoint.SEGMENT_CHANGES, 1, soon);
        case REFUSED_FOR_GOOD ->
            Patience.await(
                soon, "fatal", () -> factory.health().fatal() ? List.of() : List.of("not yet"));
        case AUTHENTICATING -> on.cloud.requests().await(Endpoint.AUTH, 1, soon);
        case CONNECTING -> on.cloud.requests().await(Endpoint.STREAM, 1, soon);
        case STREAMING, STREAM_LOST -> on.cloud.streaming().awaitConnections(1, soon);
        case QUEUES_FULL, LISTENER_STUCK -> StuckProcess.use(factory, 700);
        case SENDING -> {
          StuckProcess.use(factory, 900);
          on.cloud.requests().await(Endpoint.EVENTS, 1, soon);
        }
        case SUSPENDED -> {
          factory.suspend();
          StuckProcess.use(factory, 500);
        }
        default -> {}
      }
    }
  }

  /** Each peer with all the states at once. */
  @ParameterizedTest
  @EnumSource(Peer.class)
  void destroyEndsInTimeInEveryState(Peer peer) {
    Set<Thread> before = ProcessFigures.sdkThreads();
    ExecutorService all = Executors.newCachedThreadPool();
    try {
      List<CompletableFuture<Long>> ends =
          List.of(State.values()).stream()
              .map(state -> CompletableFuture.supplyAsync(() -> end(state, peer), all))
              .toList();
      long longest = ends.stream().mapToLong(CompletableFuture::join).max().orElse(0);
      Report.say(
          "Q-4: %s: destroy took at most %d ms of %d, in %d states",
          peer, longest, LIMIT.toMillis(), ends.size());
    } finally {
      all.shutdown();
    }
    Patience.await(
        Duration.ofSeconds(1),
        "no thread outlives the end by a second",
        () ->
            ProcessFigures.sdkThreads().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> !thread.getName().contains("-listener-")) // the user holds it
                .map(Thread::getName)
                .toList());
  }

  private static long end(State state, Peer peer) {
    try (Service on = Service.start()) {
      SplitFactory factory = state.reach(on, peer);
      long start = System.nanoTime();
      factory.destroy();
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertThat(took).as("%s while the peer %s", state, peer).isLessThan(LIMIT.toMillis());
      assertThat(factory.health().impressions().balances()).isTrue();
      assertThat(factory.health().events().balances()).isTrue();
      Patience.await(
          Duration.ofSeconds(1),
          state + " while the peer " + peer + ": what was under way is given up",
          () -> factory.health().events().queued() == 0 ? List.of() : List.of("not yet"));
      return took;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Peer.class,
      names = {"DROPS_CONNECTS", "NEVER_ANSWERS", "TRICKLES", "HALF_OPEN", "SAYS_LATER"})
  void aProcessEndsInTimeWhenTerminatedAndWhenItIsDone(Peer peer) throws Exception {
    for (StuckProcess.End end : StuckProcess.End.values()) {
      try (Service on = Service.start()) {
        StuckProcess.populate(on.cloud);
        try (StuckProcess process = StuckProcess.start(on.proxy.url(), end)) {
          on.cloud.streaming().awaitConnections(1, Duration.ofSeconds(60));
          process.awaitReady();
          peer.stick.accept(on);
          long took = process.end();
          Report.say("Q-4: %s: a process that ends by %s took %d ms", peer, end, took);
          assertThat(took).isLessThan(StuckProcess.SHUTDOWN.plusSeconds(2).toMillis());
        }
      }
    }
  }

  @Test
  void everyStateAndEveryPeerIsThere() {
    assertThat(State.values()).hasSize(13);
    assertThat(Peer.values()).hasSize(12);
  }
}
