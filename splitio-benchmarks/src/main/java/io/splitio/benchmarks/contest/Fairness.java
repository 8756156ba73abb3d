package io.splitio.benchmarks.contest;

import java.util.List;
import java.util.Map;

/** Whether contestants do the same work: only then is there anything to compare. */
public final class Fairness {
  private static final double TOLERANCE = 0.03;

  private Fairness() {}

  /**
   * Checks that a contestant answers all questions of the contest as the floor does; one that
   * hashes keys in its own way has to give as many of them each treatment, and every time the same.
   *
   * @throws IllegalStateException when it does not
   */
  public static void check(Entry entry, Contestant contestant, List<String> flags) {
    Contestant floor = new BareFloor();
    List<String> keys = Contest.keys();
    int on = 0;
    int floorOn = 0;
    for (int at = 0; at < keys.size(); at++) {
      String key = keys.get(at);
      String flag = flags.get(at % flags.size());
      String expected = floor.treatment(key, flag, Contest.ATTRIBUTES);
      String treatment = contestant.treatment(key, flag, Contest.ATTRIBUTES);
      if (entry.decidesAsTheFloor() && !treatment.equals(expected)) {
        throw unlike(entry, flag + " gives " + key + " " + treatment + ", not " + expected);
      }
      if (!treatment.equals(contestant.treatment(key, flag, Contest.ATTRIBUTES))) {
        throw unlike(entry, flag + " does not always give " + key + " " + treatment);
      }
      on += treatment.equals("on") ? 1 : 0;
      floorOn += expected.equals("on") ? 1 : 0;
    }
    if (Math.abs(on - floorOn) > TOLERANCE * keys.size()) {
      throw unlike(entry, on + " keys get on, not about " + floorOn);
    }
  }

  /** Checks that several flags are answered as one by one. */
  public static void checkMany(Contestant contestant, List<String> flags) {
    for (String key : Contest.keys().subList(0, 100)) {
      Map<String, String> all = contestant.treatments(key, flags, Contest.ATTRIBUTES);
      Map<String, String> set =
          contestant.treatmentsBySet(key, Contest.HUNDRED, Contest.ATTRIBUTES);
      for (String flag : flags) {
        String one = contestant.treatment(key, flag, Contest.ATTRIBUTES);
        if (!one.equals(all.get(flag)) || !one.equals(set.get(flag))) {
          throw new IllegalStateException(flag + " is answered differently among others");
        }
      }
    }
  }

  private static IllegalStateException unlike(Entry entry, String what) {
    return new IllegalStateException(entry.title() + " does not do the same work: " + what);
  }
}
