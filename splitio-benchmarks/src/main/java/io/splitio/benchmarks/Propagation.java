package io.splitio.benchmarks;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How long it takes from the moment the server writes a notification until evaluation gives the new
 * treatment, with the definition in the notification and without. The server is a process of its
 * own, and so is each contestant; they take turns. Arguments: updates in a round (500), rounds (5),
 * flags (500).
 */
public final class Propagation {
  private static final int[] DEFAULTS = {500, 5, 500};
  private static final CloudSdk.Kind[] CONTESTANTS = {CloudSdk.Kind.OURS, CloudSdk.Kind.OFFICIAL};

  private Propagation() {}

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    int[] numbers = DEFAULTS.clone();
    for (int place = 0; place < args.length; place++) {
      numbers[place] = Integer.parseInt(args[place]);
    }
    try (Child server = Child.start("io.splitio.fake.SplitCloudMain", "--flags", "" + numbers[2])) {
      String url = server.line();
      System.out.printf(
          Locale.ROOT,
          "%d updates in each of %d rounds, %d flags; ms; Java %s%n%n",
          numbers[0],
          numbers[1],
          numbers[2],
          Runtime.version());
      System.out.println("| definition | | p50 | p90 | p99 | max |");
      System.out.println("|---|---|---|---|---|---|");
      for (String inline : new String[] {"zlib", "none"}) {
        print(inline, measure(url, inline, numbers));
      }
    }
  }

  private static Map<CloudSdk.Kind, double[]> measure(String url, String inline, int[] numbers)
      throws Exception {
    Map<CloudSdk.Kind, double[]> results = new EnumMap<>(CloudSdk.Kind.class);
    for (int round = 0; round < numbers[1]; round++) {
      for (CloudSdk.Kind kind : CONTESTANTS) {
        try (Child child = Child.start(PropagationChild.class.getName(), kind.name(), url)) {
          double[] times = new Updates(url, child).measure(inline, numbers[0]);
          results.merge(kind, times, Propagation::joined);
        }
      }
    }
    return results;
  }

  private static double[] joined(double[] some, double[] more) {
    double[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private static void print(String inline, Map<CloudSdk.Kind, double[]> results) {
    results.forEach(
        (kind, times) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.2f | %.2f |%n",
                inline,
                kind.title(),
                quantile(times, 0.5),
                quantile(times, 0.9),
                quantile(times, 0.99),
                quantile(times, 1)));
    System.out.printf(
        Locale.ROOT,
        "| %s | official / ours | %.2f | %.2f | %.2f | |%n",
        inline,
        ratio(results, 0.5),
        ratio(results, 0.9),
        ratio(results, 0.99));
  }

  private static double ratio(Map<CloudSdk.Kind, double[]> results, double share) {
    return quantile(Objects.requireNonNull(results.get(CloudSdk.Kind.OFFICIAL)), share)
        / quantile(Objects.requireNonNull(results.get(CloudSdk.Kind.OURS)), share);
  }

  private static double quantile(double[] times, double share) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)];
  }
}
