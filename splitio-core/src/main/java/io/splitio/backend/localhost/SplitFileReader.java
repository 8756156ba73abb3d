package io.splitio.backend.localhost;

import io.splitio.api.SplitResult;
import io.splitio.flag.FeatureFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the {@code .split} format: a flag and its treatment in each line, and a key if it is for
 * that key only (evaluation specification 12.2).
 */
final class SplitFileReader {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Text text;
  private final Map<String, StaticFlag> flags = new LinkedHashMap<>();
  private final Map<String, String> lastTreatments = new LinkedHashMap<>();
  private final List<String> skipped = new ArrayList<>();

  SplitFileReader(Text text) {
    this.text = text;
  }

  Reading read() {
    List<String> lines = text.content().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).trim();
      if (!line.isEmpty() && !line.startsWith("#")) {
        read(i + 1, BLANKS.split(line));
      }
    }
    List<FeatureFlag> compiled = new ArrayList<>();
    lastTreatments.forEach((name, last) -> compiled.add(flag(name).build(last)));
    return Reading.of(compiled, skipped);
  }

  private void read(int line, String[] columns) {
    if (columns.length != 2 && columns.length != 3) {
      skipped.add(
          "line "
              + line
              + " has "
              + columns.length
              + " columns; a flag, a treatment and, for one"
              + " key only, the key are expected");
      return;
    }
    SplitResult result = new SplitResult(columns[1], null);
    if (columns.length == 3) {
      flag(columns[0]).forKeys(Set.of(columns[2]), result);
    } else {
      flag(columns[0]).forEverybody(result);
    }
    lastTreatments.put(columns[0], columns[1]);
  }

  private StaticFlag flag(String name) {
    return flags.computeIfAbsent(name, StaticFlag::new);
  }
}
