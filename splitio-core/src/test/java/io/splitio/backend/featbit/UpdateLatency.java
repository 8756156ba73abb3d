package io.splitio.backend.featbit;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.fake.featbit.FeatBitServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Measures how long a change takes from FeatBit's server to an evaluation, on loopback. */
final class UpdateLatency {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final int WARM_UP = 300;
  private static final int CHANGES = 1_000;

  private UpdateLatency() {}

  public static void main(String[] none) throws Exception {
    try (FeatBitServer server = FeatBitServer.start(SECRET);
        SplitFactory factory =
            SplitFactory.create(
                FeatBitConnector.secret(SECRET)
                    .streaming(server.streaming())
                    .events(server.events())
                    .withoutEvents(),
                SplitConfig.defaults())) {
      server.load(WorkedExample.resource("full.json"));
      factory.blockUntilReady(Duration.ofSeconds(15));
      long[] nanos = measure(server, factory, WARM_UP, CHANGES);
      System.out.printf(
          Locale.ROOT,
          "updates %d, average %.3f ms, median %.3f ms, 99th %.3f ms, longest %.3f ms%n",
          CHANGES,
          Arrays.stream(nanos).average().orElse(0) / 1e6,
          nanos[CHANGES / 2] / 1e6,
          nanos[CHANGES * 99 / 100] / 1e6,
          nanos[CHANGES - 1] / 1e6);
    }
  }

  /** How long changes took, in nanoseconds and in order, after some that are not counted. */
  static long[] measure(FeatBitServer server, SplitFactory factory, int warmUp, int changes) {
    long[] nanos = new long[changes];
    for (int i = -warmUp; i < changes; i++) {
      long took = change(server, factory, i % 2 == 0);
      if (i >= 0) {
        nanos[i] = took;
      }
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static long change(FeatBitServer server, SplitFactory factory, boolean on) {
    String wanted = on ? "true" : "false";
    long start = System.nanoTime();
    server.changeFlag("checkout-redesign", Map.of("isEnabled", on));
    while (!factory.client().getTreatment("alice", "checkout-redesign").equals(wanted)) {
      LockSupport.parkNanos(20_000);
    }
    return System.nanoTime() - start;
  }
}
