package io.splitio.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.backend.split.SplitConnector;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.proxy.FaultProxy;
import io.splitio.soak.rig.Patience;
import io.splitio.soak.rig.Report;
import io.splitio.soak.rig.Rig;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** an instance with nothing to do takes next to nothing, at its real pace. */
class IdleTest {
  private static final Duration SETTLED = Duration.ofSeconds(8);
  private static final int SECONDS = Integer.getInteger("soak.idle", 30);

  /** Two timers, and an exchange of each kind at once; segments are not in use (ADR 13). */
  private static final int MOST_IN_OUTAGE = 10;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** An instance, its threads, and the processor time that each of them has taken. */
  private static final class Idle implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String name;
    private final int mostThreads;
    private final ThreadGroup group;
    private final Map<Long, Long> first = new HashMap<>();
    private final Map<Long, Long> last = new HashMap<>();
    private final SplitFactory factory;
    private int most;

    private Idle(String name, int mostThreads, Connector connector) {
      this.name = name;
      this.mostThreads = mostThreads;
      this.group = new ThreadGroup(name);
      this.factory =
          SplitFactory.create(
              connector,
              SplitConfig.defaults().withoutShutdownHook().withThreadFactory(this::thread));
      factory.ready().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private Thread thread(Runnable task) {
      Thread thread = new Thread(group, task);
      thread.setDaemon(true);
      return thread;
    }

    private void look(boolean begins) {
      Thread[] running = new Thread[100];
      int number = group.enumerate(running);
      int named = 0; // the others are OkHttp's own, which all instances of a JVM share
      for (int i = 0; i < number; i++) {
        named += running[i].getName().startsWith("splitio-") ? 1 : 0;
        long id = running[i].getId();
        long time = THREADS.getThreadCpuTime(id);
        first.putIfAbsent(id, begins ? time : 0);
        last.put(id, time);
      }
      most = Math.max(most, named);
    }

    private double percent() {
      long nanos =
          last.entrySet().stream()
              .mapToLong(entry -> entry.getValue() - first.get(entry.getKey()))
              .sum();
      return 100.0 * nanos / TimeUnit.SECONDS.toNanos(SECONDS);
    }

    private void judge() {
      Report.say(
          "Q-15: %s: %.3f %% of a core over %d s, at most %d threads",
          name, percent(), SECONDS, most);
      assertThat(percent()).as(name).isLessThan(0.5);
      assertThat(most).as(name).isLessThanOrEqualTo(mostThreads);
    }

    @Override
    public void close() {
      factory.destroy();
    }
  }

  private static SplitConnector cloud(URI address) {
    return SplitConnector.sdkKey(Rig.KEY)
        .endpoint(address)
        .http(http -> http.withoutEnvironmentProxy());
  }

  @Test
  void whoHasNothingToDoDoesNextToNothing() {
    try (SplitCloud cloud = SplitCloud.start();
        FaultProxy proxy = FaultProxy.to(URI.create(cloud.url()))) {
      cloud.flags().put(Flag.named("f").otherwise("on"));
      URI address = URI.create(cloud.url());
      try (Idle streaming = new Idle("streaming", 6, cloud(address));
          Idle polling = new Idle("polling", 4, cloud(address).withoutStreaming());
          Idle files =
              new Idle("localhost", 3, LocalhostConnector.content("flags.split", "f on\n"));
          Idle cutOff = new Idle("in an outage", MOST_IN_OUTAGE, cloud(URI.create(proxy.url())))) {
        cloud.streaming().awaitConnections(2, LIMIT);
        proxy.refuse();
        proxy.reset();
        Patience.pass(SETTLED);
        List<Idle> all = List.of(streaming, polling, files, cutOff);
        all.forEach(idle -> idle.look(true));
        all.forEach(idle -> idle.most = 0);
        for (int i = 0; i < SECONDS; i++) {
          Patience.pass(Duration.ofSeconds(1));
          all.forEach(idle -> idle.look(false));
        }
        all.forEach(Idle::judge);
      }
    }
  }
}
