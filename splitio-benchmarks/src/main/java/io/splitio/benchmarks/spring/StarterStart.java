package io.splitio.benchmarks.spring;

import io.splitio.benchmarks.Child;
import java.io.File;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much longer an empty application takes to start with the starter in localhost mode than
 * without it on the class path, each time in a JVM of its own. Arguments: rounds (11).
 */
public final class StarterStart {
  private static final int ROUNDS = 11;
  private static final String STARTER = "splitio-spring-boot-starter";

  private StarterStart() {}

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    double[] without = new double[rounds];
    double[] with = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      double plain = start("without", withoutStarter());
      double toggled = start("with", System.getProperty("java.class.path"));
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

  private static double start(String kind, String classPath) throws Exception {
    try (Child child = Child.startOn(classPath, StarterStartChild.class.getName(), kind)) {
      return child.numbers()[0];
    }
  }

  private static String withoutStarter() {
    String separator = File.pathSeparator;
    String[] entries = System.getProperty("java.class.path").split(separator, -1);
    return Arrays.stream(entries)
        .filter(entry -> !entry.contains(STARTER))
        .collect(Collectors.joining(separator));
  }
}
