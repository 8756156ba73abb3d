package io.splitio.flag;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A semantic version as Split reads it (evaluation specification 4.8): leading zeros are dropped,
 * pre-release identifiers may be empty, equality honours build metadata and order ignores it.
 */
public final class Semver {
  private final long[] numbers;
  private final List<String> preRelease;
  private final String text;

  private Semver(long[] numbers, List<String> preRelease, String metadata) {
    this.numbers = numbers;
    this.preRelease = preRelease;
    String base = numbers[0] + "." + numbers[1] + "." + numbers[2];
    String pre = preRelease.isEmpty() ? "" : "-" + String.join(".", preRelease);
    this.text = base + pre + (metadata.isEmpty() ? "" : "+" + metadata);
  }

  /** The version a text says, or null when it says none. */
  public static @Nullable Semver parse(String text) {
    int plus = text.indexOf('+');
    String metadata = plus < 0 ? "" : text.substring(plus + 1);
    String version = plus < 0 ? text : text.substring(0, plus);
    int dash = version.indexOf('-');
    String pre = dash < 0 ? "" : version.substring(dash + 1);
    long @Nullable [] numbers = numbers(dash < 0 ? version : version.substring(0, dash));
    boolean emptyPart = (plus >= 0 && metadata.isEmpty()) || (dash >= 0 && pre.isEmpty());
    List<String> identifiers = identifiers(pre);
    if (numbers == null || emptyPart || identifiers == null) {
      return null;
    }
    return new Semver(numbers, identifiers, metadata);
  }

  /**
   * Negative, zero or positive as this version comes before, with or after the other; metadata does
   * not count.
   */
  int compare(Semver other) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != other.numbers[i]) {
        return Long.compare(numbers[i], other.numbers[i]);
      }
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    for (int i = 0, n = Math.min(preRelease.size(), other.preRelease.size()); i < n; i++) {
      int order = compare(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Semver that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The version with its numbers normalised. */
  @Override
  public String toString() {
    return text;
  }

  private static long @Nullable [] numbers(String base) {
    String[] parts = base.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    long[] numbers = new long[3];
    for (int i = 0; i < 3; i++) {
      if (!isNumeric(parts[i]) || stripped(parts[i]).length() > 19) {
        return null;
      }
      BigInteger number = new BigInteger(parts[i]);
      if (number.bitLength() > 63) {
        return null;
      }
      numbers[i] = number.longValue();
    }
    return numbers;
  }

  /**
   * The identifiers of a pre-release, none for an empty text, or null when the last one is missing.
   */
  private static @Nullable List<String> identifiers(String pre) {
    if (pre.isEmpty()) {
      return List.of();
    }
    if (pre.endsWith(".")) {
      return null;
    }
    List<String> identifiers = new ArrayList<>();
    for (String identifier : pre.split("\\.", -1)) {
      identifiers.add(isNumeric(identifier) ? stripped(identifier) : identifier);
    }
    return identifiers;
  }

  private static int compare(String a, String b) {
    if (isNumeric(a) && isNumeric(b) && a.length() != b.length()) {
      return Integer.compare(
          a.length(), b.length()); // no leading zeros: the longer number is the larger one
    }
    return a.compareTo(b);
  }

  private static boolean isNumeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static String stripped(String number) {
    int first = 0;
    while (first < number.length() - 1 && number.charAt(first) == '0') {
      first++;
    }
    return number.substring(first);
  }
}
