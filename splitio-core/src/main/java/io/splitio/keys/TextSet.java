package io.splitio.keys;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells whether a text is one of many. Immutable; equal to one of the same texts. */
public final class TextSet {
  /** Hashes of texts that are alike lie side by side; multiplied by this they do not. */
  private static final int SPREAD = 0x9E3779B9;

  private final TextList texts;

  /** A table of numbers in the list, from 1 on; 0 is a free place, at least every fourth. */
  final int[] places;

  private TextSet(TextList texts, int[] places) {
    this.texts = texts;
    this.places = places;
  }

  /** The texts of a collection. */
  public static TextSet of(Collection<String> texts) {
    return of(TextList.of(texts));
  }

  /** The texts of a list, each of which may be there several times. */
  public static TextSet of(TextList texts) {
    int size = texts.size();
    int[] places = new int[Integer.highestOneBit(Math.max(1, size + size / 3)) * 2]; // 2 or more
    for (int i = 0; i < size; i++) {
      int at = start(texts.hash(i), places);
      while (places[at] != 0 && !texts.areSame(places[at] - 1, i)) {
        at = at + 1 & places.length - 1;
      }
      places[at] = i + 1;
    }
    return new TextSet(texts, places);
  }

  private static int start(int hash, int[] places) {
    return (hash * SPREAD) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(places.length));
  }

  /** Whether a text is one of them. */
  public boolean contains(String text) {
    for (int at = start(text.hashCode(), places);
        places[at] != 0;
        at = at + 1 & places.length - 1) {
      if (texts.is(places[at] - 1, text)) {
        return true;
      }
    }
    return false;
  }

  private Set<String> sorted() {
    return new TreeSet<>(texts.strings());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof TextSet that && sorted().equals(that.sorted()));
  }

  @Override
  public int hashCode() {
    return sorted().hashCode();
  }

  /** All of them, sorted, for people. */
  @Override
  public String toString() {
    return sorted().toString();
  }
}
