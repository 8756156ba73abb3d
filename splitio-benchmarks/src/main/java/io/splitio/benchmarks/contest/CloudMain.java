package io.splitio.benchmarks.contest;

import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    flags().forEach(cloud.flags()::put);
  }

  /** The flags of the contest. */
  public static List<Flag> flags() {
    return Stream.concat(
            IntStream.range(0, Contest.ROLLOUTS).mapToObj(Contest::rolloutFlag),
            IntStream.range(0, Contest.RULES).mapToObj(Contest::rulesFlag))
        .toList();
  }
}
