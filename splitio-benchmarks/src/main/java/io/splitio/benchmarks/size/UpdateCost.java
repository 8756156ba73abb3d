package io.splitio.benchmarks.size;

import io.splitio.api.DateUnit;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.FeatureFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What an update of one flag takes, from its definition to the snapshot in force, beside 100 flags
 * and beside 50,000. Arguments: flags, in ascending order (100 5000 50000).
 */
public final class UpdateCost {
  private static final String[] FLAGS = {"100", "5000", "50000"};
  private static final int RUNS = 20_001;
  private static final int KEPT = 2_000;

  private static final ChangesReader READER =
      new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE);

  private UpdateCost() {}

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    Meter.row("| flags | read and put in force, µs | KB | put in force alone, µs | KB |");
    Meter.row("|---|---|---|---|---|");
    for (String flags : args.length == 0 ? FLAGS : args) {
      print(Integer.parseInt(flags));
    }
  }

  private static void print(int flags) throws Exception {
    Snapshot snapshot = Parsing.read(ManyDefinitions.file(flags));
    byte[][] documents = new byte[KEPT][];
    FeatureFlag[] read = new FeatureFlag[KEPT];
    for (int number = 0; number < KEPT; number++) {
      int version = number + 2;
      documents[number] = ManyDefinitions.document(place(number % (KEPT / 2), flags), version);
      read[number] = flag(documents[number]);
    }
    Meter.Taken all = measure(snapshot, run -> flag(documents[(int) (run % KEPT)]));
    Meter.Taken alone = measure(snapshot, run -> read[(int) (run % KEPT)]);
    Meter.row(
        "| %,d | %.1f | %.1f | %.1f | %.1f |",
        flags, all.nanos() / 1e3, all.bytes() / 1e3, alone.nanos() / 1e3, alone.bytes() / 1e3);
  }

  /** Another flag each time, from all over; when it comes again, it comes in another version. */
  private static int place(int number, int flags) {
    return (int) (number * 7_919L % flags);
  }

  private static Meter.Taken measure(Snapshot start, LongFunction<FeatureFlag> flag) {
    SnapshotStore store = new SnapshotStore((before, after) -> {});
    store.apply(before -> start);
    return Meter.median(
        RUNS,
        RUNS,
        run -> store.apply(Change.flags(List.of(flag.apply(run + RUNS)), List.of(), run + RUNS)));
  }

  private static FeatureFlag flag(byte[] document) {
    try {
      return READER.readFlag(document).active().get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
