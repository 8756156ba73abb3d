package io.splitio.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.slf4j.LoggerFactory;

/** One contestant in a JVM of its own: prints fresh ms, warm ms, fresh CPU ms, retained bytes. */
final class ReadyTimeChild {
  private static final int WARM_UPS = 5;
  private static final int WARM = 5;
  private static final long CLOSING_MILLIS = 2_000;
  private static final double NANOS = 1e6;

  private ReadyTimeChild() {}

  public static void main(String[] args) throws Exception {
    CloudSdk.Kind kind = CloudSdk.Kind.of(args[0]);
    LoggerFactory.getLogger("splitio").debug("an application that starts an SDK has logged before");
    long empty = used();
    double cpuBefore = cpuMillis();
    long before = System.nanoTime();
    CloudSdk first = kind.ready(args[1]);
    double fresh = (System.nanoTime() - before) / NANOS;
    double cpu = cpuMillis() - cpuBefore;
    long with = used();
    closed(first);
    double warm = warm(kind, args[1]);
    System.out.println(fresh + " " + warm + " " + cpu + " " + (with - empty));
    System.exit(0);
  }

  private static double warm(CloudSdk.Kind kind, String url) throws Exception {
    double[] times = new double[WARM];
    for (int turn = -WARM_UPS; turn < WARM; turn++) {
      long before = System.nanoTime();
      CloudSdk sdk = kind.ready(url);
      double time = (System.nanoTime() - before) / NANOS;
      closed(sdk);
      if (turn >= 0) {
        times[turn] = time;
      }
    }
    Arrays.sort(times);
    return times[WARM / 2];
  }

  /** Ends it between two starts; the official SDK may take 20 s, which nobody waits for. */
  private static void closed(CloudSdk sdk) throws InterruptedException {
    Thread thread = new Thread(sdk::close);
    thread.setDaemon(true);
    thread.start();
    thread.join(CLOSING_MILLIS);
  }

  private static double cpuMillis() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / NANOS;
  }

  private static long used() {
    for (int turn = 0; turn < 4; turn++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
