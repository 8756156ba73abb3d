package io.splitio.benchmarks.contest;

import io.splitio.fake.SplitCloud;

/**
 * A Split cloud with the flags of the contest, as a process: prints its address, ends with its
 * input.
 */
public final class CloudMain {
  private CloudMain() {}

  /** Serves until the standard input ends. */
  public static void main(String[] args) throws Exception {
    try (SplitCloud cloud = SplitCloud.start()) {
      settleIn(cloud);
      System.out.println(cloud.url());
      while (System.in.read() >= 0) {}
    }
  }

  /** Gives a cloud the flags of the contest. */
  public static void settleIn(SplitCloud cloud) {
    cloud.received().impressions().countOnly();
    cloud.received().events().countOnly();
    cloud.segment(Contest.SEGMENT).add(Contest.members());
    for (int number = 0; number < Contest.ROLLOUTS; number++) {
      cloud.flags().put(Contest.rolloutFlag(number));
    }
    for (int number = 0; number < Contest.RULES; number++) {
      cloud.flags().put(Contest.rulesFlag(number));
    }
  }
}
