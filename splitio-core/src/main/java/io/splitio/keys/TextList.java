package io.splitio.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts, all in one: however many there are, they are a few objects to keep, and none for each to
 * make while they are read. Immutable.
 */
public final class TextList {
  private final String all; // one after the other
  private final int[] ends;
  private final int[] hashes; // of each, as String.hashCode

  private TextList(String all, int[] ends, int[] hashes) {
    this.all = all;
    this.ends = ends;
    this.hashes = hashes;
  }

  /** The same texts, in their order. */
  static TextList of(Collection<String> texts) {
    Builder builder = new Builder();
    texts.forEach(builder::add);
    return builder.build();
  }

  /** How many there are. */
  int size() {
    return ends.length;
  }

  /** Each as a text of its own, in order. */
  public List<String> strings() {
    List<String> strings = new ArrayList<>(ends.length);
    for (int i = 0; i < ends.length; i++) {
      strings.add(all.substring(start(i), ends[i]));
    }
    return strings;
  }

  /** What one of them answers to {@link String#hashCode}. */
  int hash(int number) {
    return hashes[number];
  }

  /** Whether one of them is a text. */
  boolean is(int number, String text) {
    int start = start(number);
    return hashes[number] == text.hashCode()
        && ends[number] - start == text.length()
        && all.startsWith(text, start);
  }

  /** Whether two of them are the same. */
  boolean areSame(int one, int other) {
    int length = ends[one] - start(one);
    return hashes[one] == hashes[other]
        && ends[other] - start(other) == length
        && all.regionMatches(start(one), all, start(other), length);
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  /** Takes texts one by one. It keeps its memory for the next list. */
  public static final class Builder {
    private static final int LATIN = 0xFF;

    private byte[] narrow = new byte[1 << 8]; // in ISO 8859-1
    private @Nullable StringBuilder wide; // all, once there was a character beyond that
    private int length; // in narrow
    private int[] ends = new int[8];
    private int[] hashes = new int[8];
    private int size;

    /** With no texts. */
    public Builder() {}

    /** Adds a text. */
    public void add(String text) {
      add(text.toCharArray(), 0, text.length());
    }

    /** Adds a text. */
    public void add(char[] buffer, int from, int count) {
      int hash = wide == null ? addNarrow(buffer, from, count) : hash(buffer, from, count);
      if (wide != null) {
        wide.append(buffer, from, count);
      }
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, size * 2);
        hashes = Arrays.copyOf(hashes, size * 2);
      }
      ends[size] = wide == null ? length : wide.length();
      hashes[size] = hash;
      size++;
    }

    /** Four at a step: to multiply is what takes time. */
    private int addNarrow(char[] buffer, int from, int count) {
      byte[] bytes = room(count);
      int at = length;
      int hash = 0;
      int seen = 0;
      int i = from;
      for (int end = from + count - 3; i < end; i += 4) {
        char a = buffer[i];
        char b = buffer[i + 1];
        char c = buffer[i + 2];
        char d = buffer[i + 3];
        hash = hash * (31 * 31 * 31 * 31) + a * (31 * 31 * 31) + b * (31 * 31) + c * 31 + d;
        seen |= a | b | c | d;
        bytes[at] = (byte) a;
        bytes[at + 1] = (byte) b;
        bytes[at + 2] = (byte) c;
        bytes[at + 3] = (byte) d;
        at += 4;
      }
      for (; i < from + count; i++) {
        hash = hash * 31 + buffer[i];
        seen |= buffer[i];
        bytes[at++] = (byte) buffer[i];
      }
      if (seen > LATIN) {
        wide = new StringBuilder(narrowText());
      } else {
        length = at;
      }
      return hash;
    }

    private static int hash(char[] buffer, int from, int count) {
      int hash = 0;
      for (int i = from; i < from + count; i++) {
        hash = hash * 31 + buffer[i];
      }
      return hash;
    }

    private byte[] room(int more) {
      if (narrow.length - length < more) {
        narrow = Arrays.copyOf(narrow, Math.addExact(length, Math.max(length, more)));
      }
      return narrow;
    }

    private String narrowText() {
      return new String(narrow, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** The texts since the last time. */
    public TextList build() {
      TextList list =
          new TextList(
              wide == null ? narrowText() : wide.toString(),
              Arrays.copyOf(ends, size),
              Arrays.copyOf(hashes, size));
      wide = null;
      length = 0;
      size = 0;
      return list;
    }
  }
}
