package io.splitio.soak.rig;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Figures in the order in which they were taken. For one thread. */
public final class Figures {
  private final List<Double> values = new ArrayList<>();

  /** Adds one. */
  public void add(Number value) {
    values.add(value.doubleValue());
  }

  /** How many there are. */
  public int size() {
    return values.size();
  }

  /** The one that so many hundredths do not exceed. */
  public double percentile(int hundredths) {
    return percentile(values, hundredths);
  }

  /** The largest. */
  public double max() {
    return percentile(100);
  }

  /**
   * The Theil-Sen slope between two figures that follow one another, in hundredths of the median;
   * the first fifth, in which a JVM warms up, does not count.
   */
  public double slope() {
    List<Double> warm = values.subList(values.size() / 5, values.size());
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < warm.size(); i++) {
      for (int j = i + 1; j < warm.size(); j++) {
        slopes.add((warm.get(j) - warm.get(i)) / (j - i));
      }
    }
    return 100 * percentile(slopes, 50) / Math.max(1, percentile(warm, 50));
  }

  /** By how much the last third exceeds the first third after the warm-up, by their medians. */
  public double growth() {
    List<Double> warm = values.subList(values.size() / 5, values.size());
    int third = Math.max(1, warm.size() / 3);
    return percentile(warm.subList(warm.size() - third, warm.size()), 50)
        - percentile(warm.subList(0, third), 50);
  }

  /**
   * The same by what each third never fell below: what comes and goes, such as connections that
   * wait to be used again, does not count, and what stays does.
   */
  public double rise() {
    List<Double> warm = values.subList(values.size() / 5, values.size());
    int third = Math.max(1, warm.size() / 3);
    return percentile(warm.subList(warm.size() - third, warm.size()), 0)
        - percentile(warm.subList(0, third), 0);
  }

  private static double percentile(List<Double> of, int hundredths) {
    if (of.isEmpty()) {
      return 0;
    }
    List<Double> sorted = new ArrayList<>(of);
    Collections.sort(sorted);
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * hundredths / 100));
  }
}
