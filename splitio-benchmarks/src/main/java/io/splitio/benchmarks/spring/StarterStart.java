package io.splitio.benchmarks.spring;

import io.splitio.benchmarks.Child;
import java.util.Arrays;
import java.util.Locale;

/**
 * How much longer an empty application takes to start with the starter in localhost mode than
 * without, each time in a JVM of its own. Arguments: rounds (11).
 */
public final class StarterStart {
  private static final int ROUNDS = 11;

  private StarterStart() {}

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    double[] without = new double[rounds];
    double[] with = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      double plain = start("without");
      double toggled = start("with");
      if (round >= 0) {
        without[round] = plain;
        with[round] = toggled;
      }
    }
    Arrays.sort(without);
    Arrays.sort(with);
    double difference = with[rounds / 2] - without[rounds / 2];
    System.out.println("| start of an application, ms | median | fastest |");
    System.out.println("|---|---|---|");
    row("without the starter", without[rounds / 2], without[0]);
    row("with it, localhost mode, one `@FeatureToggle`", with[rounds / 2], with[0]);
    row("difference", difference, with[0] - without[0]);
  }

  private static void row(String name, double median, double fastest) {
    System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f |%n", name, median, fastest);
  }

  private static double start(String kind) throws Exception {
    try (Child child = Child.start(StarterStartChild.class.getName(), kind)) {
      return child.numbers()[0];
    }
  }
}
