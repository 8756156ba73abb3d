package io.splitio.benchmarks.load;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.api.SplitClient;
import io.splitio.backend.split.SplitConnector;
import io.splitio.benchmarks.Child;
import io.splitio.benchmarks.contest.Contest;
import io.splitio.fake.proxy.FaultProxy;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * How much of its idle throughput one evaluating thread keeps while another instance loads 50,000
 * flags again and again, while the service answers nothing, and while the queue is full. Rounds of
 * each take turns with idle ones. Arguments: rounds (7), milliseconds of a round (1000), flags
 * (50000).
 */
public final class UnderLoad {
  private static final int[] DEFAULTS = {7, 1_000, 50_000};
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int BATCH = 1_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final String[] keys = Contest.keys().toArray(String[]::new);
  private final String[] flags =
      IntStream.range(0, keys.length).mapToObj(Contest::rollout).toArray(String[]::new);
  private final int rounds;
  private final long roundNanos;
  private int answered;

  private UnderLoad(int rounds, int millis) {
    this.rounds = rounds;
    this.roundNanos = millis * 1_000_000L;
  }

  /** What a thread did in a round, for each second: of the clock, and of the time it ran. */
  private record Speed(double wall, double cpu) {}

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    int[] numbers = DEFAULTS.clone();
    for (int place = 0; place < args.length; place++) {
      numbers[place] = Integer.parseInt(args[place]);
    }
    UnderLoad load = new UnderLoad(numbers[0], numbers[1]);
    System.out.println(
        "| one thread evaluates | idle, M/s | meanwhile, M/s | kept | kept, by CPU |");
    System.out.println("|---|---|---|---|---|");
    try (Child server = Child.start("io.splitio.fake.SplitCloudMain", "--flags", "" + numbers[2])) {
      String url = server.line();
      load.whileLoading(url);
      load.withoutService(url);
      load.withFullQueue(url);
    }
    System.exit(load.answered == 0 ? 1 : 0);
  }

  private static SplitFactory ready(String url, SplitConfig config) throws Exception {
    SplitFactory factory = connect(url, config);
    factory.blockUntilReady(PATIENCE);
    return factory;
  }

  private static SplitFactory connect(String url, SplitConfig config) {
    return SplitFactory.create(
        SplitConnector.sdkKey("benchmark-key").endpoint(URI.create(url)),
        config.withoutShutdownHook());
  }

  private void whileLoading(String url) throws Exception {
    try (SplitFactory factory = ready(url, SplitConfig.defaults())) {
      Loader loader = new Loader(url);
      loader.start();
      compare("while all flags are loaded anew", factory.client(), factory.client(), loader::set);
      loader.end();
    }
  }

  /** Loads all flags anew whenever it is told to. */
  private static final class Loader extends Thread {
    private final String url;
    private volatile boolean on;
    private volatile boolean over;

    private Loader(String url) {
      this.url = url;
      setDaemon(true);
    }

    void set(boolean loads) {
      on = loads;
    }

    void end() {
      over = true;
    }

    @Override
    public void run() {
      while (!over) {
        if (on) {
          try (SplitFactory loading = ready(url, SplitConfig.defaults())) {
            loading.client();
          } catch (Exception e) {
            throw new IllegalStateException("the flags could not be loaded", e);
          }
        } else {
          LockSupport.parkNanos(100_000);
        }
      }
    }
  }

  private void withoutService(String url) throws Exception {
    try (FaultProxy relay = FaultProxy.to(URI.create(url));
        SplitFactory idle = ready(url, SplitConfig.defaults());
        SplitFactory factory = ready(relay.url(), SplitConfig.defaults())) {
      relay.refuse();
      relay.drop();
      compare("while the service is dead", idle.client(), factory.client(), on -> {});
    }
  }

  /** The queue is full, as nothing in it is ever taken by the dead service. */
  private void withFullQueue(String url) throws Exception {
    SplitConfig debug = SplitConfig.defaults().withImpressionMode(ImpressionMode.DEBUG);
    try (FaultProxy relay = FaultProxy.to(URI.create(url));
        SplitFactory idle = ready(url, SplitConfig.defaults());
        SplitFactory factory = ready(relay.url(), debug)) {
      relay.refuse();
      relay.drop();
      for (String key : keys) {
        for (int flag = 0; flag < 10; flag++) {
          factory.client().getTreatment(key, Contest.rollout(flag));
        }
      }
      compare(
          "DEBUG with a full queue, idle is OPTIMIZED", idle.client(), factory.client(), on -> {});
    }
  }

  @FunctionalInterface
  private interface Switch {
    void set(boolean on);
  }

  private void compare(String name, SplitClient idle, SplitClient busy, Switch trouble) {
    Speed[] without = new Speed[rounds];
    Speed[] with = new Speed[rounds];
    for (int round = -2; round < rounds; round++) {
      trouble.set(false);
      Speed first = round(idle);
      trouble.set(true);
      Speed second = round(busy);
      if (round >= 0) {
        without[round] = first;
        with[round] = second;
      }
    }
    trouble.set(false);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.0f %% | %.0f %% |%n",
        name,
        wall(without) / 1e6,
        wall(with) / 1e6,
        100 * wall(with) / wall(without),
        100 * cpu(with) / cpu(without));
  }

  private Speed round(SplitClient client) {
    long cpuBefore = THREADS.getCurrentThreadCpuTime();
    long before = System.nanoTime();
    long asked = 0;
    while (System.nanoTime() - before < roundNanos) {
      for (int turn = 0; turn < BATCH; turn++) {
        int at = (int) (asked++ % keys.length);
        answered += client.getTreatment(keys[at], flags[at]).length();
      }
    }
    double cpu = THREADS.getCurrentThreadCpuTime() - cpuBefore;
    return new Speed(asked * 1e9 / (System.nanoTime() - before), asked * 1e9 / cpu);
  }

  private static double wall(Speed[] rounds) {
    return median(Arrays.stream(rounds).mapToDouble(Speed::wall).toArray());
  }

  private static double cpu(Speed[] rounds) {
    return median(Arrays.stream(rounds).mapToDouble(Speed::cpu).toArray());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
