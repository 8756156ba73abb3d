package io.splitio.fake;

import io.splitio.fake.data.Flag;
import java.util.ArrayList;
import java.util.List;

/**
 * Many flags and large segments, for measurements. Each flag has three conditions: a whitelist of
 * five keys, a segment (a second whitelist, if there are none), and a split by percentage.
 *
 * @param flags how many flags there are, named {@code flag-0} and so on
 * @param segments how many segments there are, named {@code segment-0} and so on
 * @param segmentSize how many keys each segment has, {@code segment-0-user-0} and so on
 */
public record Population(int flags, int segments, int segmentSize) {
  /** Checks that no number is negative. */
  public Population {
    notNegative("flags", flags);
    notNegative("segments", segments);
    notNegative("segmentSize", segmentSize);
  }

  /** Adds the segments and flags to a cloud. */
  public void settleIn(SplitCloud cloud) {
    for (int number = 0; number < segments; number++) {
      cloud.segment("segment-" + number).add(keys("segment-" + number + "-user-", segmentSize));
    }
    for (int number = 0; number < flags; number++) {
      cloud.flags().put(flag(number));
    }
  }

  private Flag flag(int number) {
    String name = "flag-" + number;
    Flag flag = Flag.named(name).forKeys("on", keys(name + "-user-", 5).toArray(String[]::new));
    Flag narrowed =
        segments == 0
            ? flag.forKeys("off", name + "-opponent")
            : flag.inSegment("segment-" + number % segments, "on");
    return narrowed.split("on", 50, "off", 50);
  }

  private static List<String> keys(String prefix, int number) {
    List<String> keys = new ArrayList<>(number);
    for (int key = 0; key < number; key++) {
      keys.add(prefix + key);
    }
    return keys;
  }

  private static void notNegative(String name, int number) {
    if (number < 0) {
      throw new IllegalArgumentException(name + " is " + number + "; it must be at least 0");
    }
  }
}
