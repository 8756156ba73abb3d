package io.splitio.benchmarks.size;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.splitio.api.DateUnit;
import io.splitio.benchmarks.Child;
import io.splitio.codec.Changes;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reading 50,000 flags in 768 MiB: the time beside that of Jackson's tokens alone, and the most
 * that is in use meanwhile beside what stays. Arguments: flags (50000).
 */
public final class Parsing {
  private static final int FLAGS = 50_000;
  private static final int RUNS = 5;
  private static final int LOOKS = 20;
  private static final double MIB = 1 << 20;

  private static final ChangesReader READER =
      new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE);

  private Parsing() {}

  /** Measures in a JVM of its own, and prints a table. */
  public static void main(String[] args) throws Exception {
    if (args.length == 2) {
      measure(Path.of(args[1]));
      System.exit(0);
    }
    Path file = ManyDefinitions.file(args.length == 0 ? FLAGS : Integer.parseInt(args[0]));
    try (Child child = Child.startWith("-Xmx768m", Parsing.class.getName(), "of", "" + file)) {
      double[] numbers = child.numbers();
      Meter.row("| %.0f MB of JSON, heap of 768 MiB | |", Files.size(file) / 1e6);
      Meter.row("|---|---|");
      Meter.row("| Jackson's tokens alone, ms | %.0f |", numbers[0]);
      Meter.row("| definitions, ready to evaluate, ms | %.0f |", numbers[1]);
      Meter.row("| ours / tokens | %.2f |", numbers[1] / numbers[0]);
      Meter.row("| what stays, MiB | %.0f |", numbers[2] / MIB);
      Meter.row("| what reading needs at most, alive, MiB | %.0f |", numbers[3] / MIB);
      Meter.row("| most / what stays | %.2f |", numbers[3] / numbers[2]);
    }
  }

  private static void measure(Path file) throws IOException {
    long before = Meter.used();
    Watched watched = new Watched(Files.newInputStream(file), Files.size(file) / LOOKS);
    Snapshot kept = snapshot(READER.read(watched));
    long stays = Meter.used() - before;
    long most = Math.max(watched.most - before, stays);
    double tokens = Meter.median(RUNS, RUNS, run -> tokens(file)).nanos() / 1e6;
    double ours = Meter.median(RUNS, RUNS, run -> read(file)).nanos() / 1e6;
    System.out.println(tokens + " " + ours + " " + stays + " " + most + " " + kept.flagCount());
  }

  /** Looks from time to time what is in use while it is read. */
  private static final class Watched extends FilterInputStream {
    private final long step;
    private long left;
    private long most;

    private Watched(InputStream in, long step) {
      super(in);
      this.step = step;
      this.left = step;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int count = super.read(buffer, from, length);
      left -= count;
      if (left <= 0 || count < 0) {
        left = step;
        most = Math.max(most, Meter.used());
      }
      return count;
    }
  }

  static Snapshot read(Path file) {
    try {
      return snapshot(READER.read(Files.newInputStream(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Snapshot snapshot(Changes changes) {
    return Change.flags(changes.flags().active(), changes.flags().removed(), changes.flags().till())
        .applyTo(Snapshot.EMPTY);
  }

  private static void tokens(Path file) {
    try (JsonParser parser = new JsonFactory().createParser(Files.newInputStream(file))) {
      while (parser.nextToken() != null) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
