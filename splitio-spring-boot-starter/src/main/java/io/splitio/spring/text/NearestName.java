package io.splitio.spring.text;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name that was probably meant by one that does not exist. */
public final class NearestName {
  private NearestName() {}

  /**
   * The nearest of the names, or null when none is near.
   *
   * @param allowed how many letters may differ
   */
  public static @Nullable String of(String name, Collection<String> existing, int allowed) {
    String nearest = null;
    int best = allowed + 1;
    for (String candidate : existing) {
      int distance = distance(name, candidate);
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest;
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
