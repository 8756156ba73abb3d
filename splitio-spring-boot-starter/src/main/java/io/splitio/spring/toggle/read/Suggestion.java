package io.splitio.spring.toggle.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Words for a name that was not found: the nearest one that exists. */
public final class Suggestion {
  private Suggestion() {}

  /** {@code "; did you mean 'x'?"}, or nothing when no name is near. */
  public static String nearest(String name, Collection<String> existing) {
    int allowed = Math.max(2, name.length() / 3);
    return existing.stream()
        .filter(candidate -> distance(name, candidate) <= allowed)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .map(candidate -> "; did you mean '" + candidate + "'?")
        .orElse("");
  }

  /** How many letters must be put in, taken out or changed, whatever their case. */
  private static int distance(String one, String two) {
    String left = one.toLowerCase(Locale.ROOT);
    String right = two.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
