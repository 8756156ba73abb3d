package io.splitio.testing;

import io.splitio.fake.SplitCloud;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Waits until a cloud is asked nothing any more. */
public final class Quiet {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Quiet() {}

  /** Waits until nothing was asked for a while. */
  public static void await(SplitCloud cloud, Duration still) {
    int[] before = {-1};
    Awaitility.await()
        .atMost(LONGEST)
        .pollInterval(still)
        .until(
            () -> {
              int now = cloud.requests().all().size();
              boolean same = now == before[0];
              before[0] = now;
              return same;
            });
  }
}
