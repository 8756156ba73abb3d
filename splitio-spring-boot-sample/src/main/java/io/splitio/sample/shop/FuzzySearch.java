package io.splitio.sample.shop;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The new search: looks at names, kinds, origins and notes, and forgives a typing mistake or two.
 */
@Component
final class FuzzySearch implements TeaSearch {
  private static final int NOT_FOUND = 100;

  private final Catalogue catalogue;

  FuzzySearch(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Hits find(String words, Shopper shopper) {
    String[] wanted = terms(words);
    List<Tea> found =
        catalogue.teas().stream()
            .map(tea -> new Candidate(tea, miss(wanted, tea)))
            .filter(candidate -> candidate.mistakes() < NOT_FOUND)
            .sorted(Comparator.comparing(Candidate::mistakes))
            .map(Candidate::tea)
            .toList();
    return new Hits("smart search", found);
  }

  private static int miss(String[] wanted, Tea tea) {
    String[] known = terms(String.join(" ", tea.name(), tea.kind(), tea.origin(), tea.notes()));
    return Arrays.stream(wanted).mapToInt(term -> nearest(term, known)).sum();
  }

  private static int nearest(String term, String[] known) {
    return Stream.of(known)
        .mapToInt(word -> word.startsWith(term) ? 0 : distance(term, word))
        .map(mistakes -> mistakes <= term.length() / 3 ? mistakes : NOT_FOUND)
        .min()
        .orElse(NOT_FOUND);
  }

  private static String[] terms(String text) {
    return text.toLowerCase(Locale.ROOT).trim().split("[^\\p{L}]+", -1);
  }

  /** The number of letters to add, drop, replace or swap with the next. */
  private static int distance(String left, String right) {
    int[][] steps = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        steps[i][j] = cheapest(steps, left, right, i, j);
      }
    }
    return steps[left.length()][right.length()];
  }

  private static int cheapest(int[][] steps, String left, String right, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int replace = steps[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
  }

  private record Candidate(Tea tea, int mistakes) {}
}
