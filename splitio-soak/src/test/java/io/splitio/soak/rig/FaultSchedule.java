package io.splitio.soak.rig;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What goes wrong, in which order and for how long; the same for the same seed.
 *
 * @param steps one after another
 */
public record FaultSchedule(List<Step> steps) {
  private static final int OUTAGES = 20;
  private static final int DROPS = 54;
  private static final int OTHERS = 16;

  /** A fault and how long it lasts. */
  public record Step(Breakage breakage, Duration lasting) {}

  /** The seed of this run: {@code -Dsoak.seed}, or the time. */
  public static long seed(String test) {
    long seed = Long.getLong("soak.seed", System.currentTimeMillis());
    Report.say("%s: seed %d; the same again with -Dsoak.seed=%d", test, seed, seed);
    return seed;
  }

  /** The faults of some days. */
  public static FaultSchedule ofDays(int days, Random random) {
    List<Step> steps = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      steps.addAll(day(random));
    }
    return new FaultSchedule(steps);
  }

  private static List<Step> day(Random random) {
    List<Breakage> all = new ArrayList<>();
    all.addAll(some(Breakage.outages(), OUTAGES));
    all.addAll(some(Breakage.drops(), DROPS));
    all.addAll(some(Breakage.others(), OTHERS));
    Collections.shuffle(all, random);
    return all.stream().map(breakage -> step(breakage, random)).toList();
  }

  private static List<Breakage> some(List<Breakage> kinds, int number) {
    List<Breakage> some = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      some.add(kinds.get(i % kinds.size()));
    }
    return some;
  }

  private static Step step(Breakage breakage, Random random) {
    Duration lasting = Duration.ofMillis(100 + random.nextInt(1200));
    boolean longer = breakage.least().compareTo(lasting) > 0;
    return new Step(breakage, longer ? breakage.least() : lasting);
  }
}
