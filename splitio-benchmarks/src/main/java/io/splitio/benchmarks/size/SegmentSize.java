package io.splitio.benchmarks.size;

import io.splitio.keys.KeySet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A segment of 1,000,000 keys of 36 characters: what it keeps for each, what looking one up takes,
 * and what a change of ten takes. Arguments: keys (1000000).
 */
public final class SegmentSize {
  private static final int KEYS = 1_000_000;
  private static final int ASKED = 10_000;
  private static final int CHANGED = 10;
  private static final int RUNS = 51;

  private final int keys;

  private SegmentSize(int keys) {
    this.keys = keys;
  }

  /** Measures, and prints a table. */
  public static void main(String[] args) {
    SegmentSize size = new SegmentSize(args.length == 0 ? KEYS : Integer.parseInt(args[0]));
    Meter.row("| %,d keys of 36 characters | bytes a key | look-up, ns | B |", size.keys);
    Meter.row("|---|---|---|---|");
    KeySet ours = size.measure("splitio for the JVM", size::ours, set -> set::contains);
    size.measure(
        "set of the official Split Java SDK (ConcurrentHashMap)",
        () -> size.fill(ConcurrentHashMap.newKeySet()),
        set -> set::contains);
    size.measure("HashSet", () -> size.fill(new HashSet<>()), set -> set::contains);
    change(ours);
  }

  private <T> T measure(String name, Supplier<T> make, Questions<T> questions) {
    long before = Meter.used();
    T set = make.get();
    double bytes = (Meter.used() - before) / (double) keys;
    Predicate<String> contains = questions.of(set);
    String[] asked = some(ASKED).toArray(String[]::new);
    Meter.Taken taken = Meter.median(RUNS, RUNS, run -> ask(contains, asked));
    Meter.row(
        "| %s | %.1f | %.0f | %.1f |", name, bytes, taken.nanos() / ASKED, taken.bytes() / ASKED);
    return set;
  }

  @FunctionalInterface
  private interface Questions<T> {
    Predicate<String> of(T set);
  }

  private static void ask(Predicate<String> contains, String[] asked) {
    int members = 0;
    for (String key : asked) {
      members += contains.test(key) ? 1 : 0;
    }
    if (members != asked.length / 2) {
      throw new IllegalStateException(members + " of " + asked.length + " keys are members");
    }
  }

  private KeySet ours() {
    KeySet.Builder builder = new KeySet.Builder();
    fill(builder::add);
    return builder.build();
  }

  private Set<String> fill(Set<String> set) {
    fill((Keys) set::add);
    return set;
  }

  @FunctionalInterface
  private interface Keys {
    void add(String key);
  }

  private void fill(Keys set) {
    Random random = new Random(1);
    for (int number = 0; number < keys; number++) {
      set.add(key(random));
    }
  }

  private static String key(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** As many members as others, in turn. */
  private static List<String> some(int number) {
    Random members = new Random(1);
    Random others = new Random(2);
    List<String> some = new ArrayList<>();
    for (int at = 0; at < number; at++) {
      some.add(key(at % 2 == 0 ? members : others));
    }
    return some;
  }

  private static void change(KeySet set) {
    Random random = new Random(3);
    Meter.Taken taken =
        Meter.median(
            RUNS,
            RUNS,
            run -> {
              KeySet.Builder added = new KeySet.Builder(CHANGED);
              for (int number = 0; number < CHANGED; number++) {
                added.add(key(random));
              }
              if (set.with(added.build(), KeySet.EMPTY).size() != set.size() + CHANGED) {
                throw new IllegalStateException("the change was lost");
              }
            });
    Meter.row("");
    Meter.row("| a change of ten keys | ms | KB |");
    Meter.row("|---|---|---|");
    Meter.row("| splitio for the JVM | %.3f | %.0f |", taken.nanos() / 1e6, taken.bytes() / 1e3);
  }
}
