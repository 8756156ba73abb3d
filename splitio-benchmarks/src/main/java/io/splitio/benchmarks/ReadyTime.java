package io.splitio.benchmarks;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How long each contestant takes from its start until it is ready, in a fresh JVM and in a warm
 * one, and what it keeps on the heap, all against the same fake server in a process of its own. The
 * contestants take turns. Arguments: flags (5000), segments (20), keys in a segment (50000), rounds
 * (7).
 */
public final class ReadyTime {
  private static final int[] DEFAULTS = {5_000, 20, 50_000, 7};
  private static final double MIB = 1 << 20;

  private ReadyTime() {}

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    int[] numbers = DEFAULTS.clone();
    for (int place = 0; place < args.length; place++) {
      numbers[place] = Integer.parseInt(args[place]);
    }
    try (Child server =
        Child.start(
            "io.splitio.fake.SplitCloudMain",
            "--flags",
            "" + numbers[0],
            "--segments",
            "" + numbers[1],
            "--segment-size",
            "" + numbers[2])) {
      print(measure(server.line(), numbers[3]), numbers);
    }
  }

  private static Map<CloudSdk.Kind, double[][]> measure(String url, int rounds) throws Exception {
    Floor.ready(url).close(); // the server makes its answers when it is first asked for them
    Map<CloudSdk.Kind, double[][]> results = new EnumMap<>(CloudSdk.Kind.class);
    String classPath = LeanClassPath.make();
    String main = ReadyTimeChild.class.getName();
    for (int round = 0; round < rounds; round++) {
      for (CloudSdk.Kind kind : CloudSdk.Kind.values()) {
        try (Child child = Child.startOn(classPath, main, kind.name(), url)) {
          results.computeIfAbsent(kind, any -> new double[rounds][])[round] = child.numbers();
        }
      }
    }
    return results;
  }

  private static void print(Map<CloudSdk.Kind, double[][]> results, int[] numbers) {
    System.out.printf(
        Locale.ROOT,
        "%d flags, %d segments of %d keys; medians of %d rounds; Java %s%n%n",
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        Runtime.version());
    System.out.println(
        "| | fresh JVM, ms | warm JVM, ms | CPU of the fresh start, ms | retained, MiB |");
    System.out.println("|---|---|---|---|---|");
    results.forEach(
        (kind, rows) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.1f |%n",
                kind.title(),
                median(rows, 0),
                median(rows, 1),
                median(rows, 2),
                median(rows, 3) / MIB));
    double[][] ours = Objects.requireNonNull(results.get(CloudSdk.Kind.OURS));
    for (CloudSdk.Kind kind : new CloudSdk.Kind[] {CloudSdk.Kind.OFFICIAL, CloudSdk.Kind.FLOOR}) {
      double[][] theirs = Objects.requireNonNull(results.get(kind));
      System.out.printf(
          Locale.ROOT,
          "%n%s / ours: fresh %.2f, warm %.2f, CPU %.2f, retained %.2f%n",
          kind.title(),
          median(theirs, 0) / median(ours, 0),
          median(theirs, 1) / median(ours, 1),
          median(theirs, 2) / median(ours, 2),
          median(theirs, 3) / median(ours, 3));
    }
  }

  private static double median(double[][] rows, int column) {
    double[] sorted = Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
