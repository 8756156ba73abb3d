package io.splitio.benchmarks.report;

import io.splitio.benchmarks.contest.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, in Markdown: ratios first, then tables. */
final class Page {
  private static final String BEGIN = "<!-- measured: begin -->";
  private static final String END = "<!-- measured: end -->";

  private final List<String> ratios = new ArrayList<>();
  private final List<String> tables = new ArrayList<>();

  /** A ratio that has to be reached. */
  void ratio(String what, String aim, String reached) {
    ratios.add("| " + what + " | " + aim + " | " + reached + " |");
  }

  /** How many times as fast one is as another, by the CPU time of the callers, and by the clock. */
  void faster(String what, String aim, Cost ours, Cost theirs) {
    ratio(
        what,
        aim,
        text("%.1f (by the clock %.1f)", theirs.cpu() / ours.cpu(), theirs.nanos() / ours.nanos()));
  }

  /** A heading. */
  void section(String title) {
    tables.add("");
    tables.add("### " + title);
    tables.add("");
  }

  /** The costs of contestants, as a table. */
  void costs(Map<Entry, Cost> costs) {
    tables.add("| | ns/op | CPU ns/op of the callers | B/op |");
    tables.add("|---|---|---|---|");
    costs.forEach((entry, cost) -> row(entry.title(), cost));
  }

  /** A row of such a table. */
  void row(String title, Cost cost) {
    tables.add(text("| %s | %.0f | %.0f | %.0f |", title, cost.nanos(), cost.cpu(), cost.bytes()));
  }

  /** Lines that another process printed. */
  void lines(List<String> lines) {
    tables.addAll(lines);
  }

  /** Keeps what was measured in a folder, in the place of what was there of the same part. */
  void keep(Path folder, String part) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(part + ".ratios"), ratios);
    Files.write(folder.resolve(part + ".tables"), tables);
  }

  /**
   * Puts what is kept of these parts between the marks of a page, in the place of what was there.
   */
  static void write(Path file, String machine, Path folder, List<String> parts) throws IOException {
    String page = Files.readString(file);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(file + " has no marks " + BEGIN + " and " + END);
    }
    List<String> lines = new ArrayList<>(List.of(BEGIN, "", machine, ""));
    lines.add("| | aim | reached |");
    lines.add("|---|---|---|");
    for (String kind : new String[] {".ratios", ".tables"}) {
      for (String part : parts) {
        Path kept = folder.resolve(part + kind);
        lines.addAll(Files.exists(kept) ? Files.readAllLines(kept) : List.of());
      }
    }
    lines.add("");
    Files.writeString(
        file, page.substring(0, begin) + String.join("\n", lines) + page.substring(end));
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
