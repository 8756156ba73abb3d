package io.splitio.log;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What came from outside, fit for a log: one line, no control characters, not too long.
 *
 * <p>What could forge a line or steer a terminal is written as an escape with its number: control
 * and format characters, line and paragraph separators, halves of surrogate pairs, and characters
 * that nobody has defined. {@code api.Printable} does the same for explanations; the ground floor
 * imports nothing.
 */
public final class LogSafe {
  private static final int LONGEST_PART = 256;
  private static final int LONGEST_LINE = 2_000;
  private static final int MOST_NAMES = 10;

  private LogSafe() {}

  /** A name or a value in quotes: at most 256 characters of it; {@code null} for null. */
  public static String quote(@Nullable String text) {
    return text == null ? "null" : "'" + escaped(text, LONGEST_PART) + "'";
  }

  /** One name, or the first ten of several, in quotes. */
  public static String quoteAll(@Nullable Object names) {
    if (!(names instanceof Collection<?> several)) {
      return quote(names == null ? null : names.toString());
    }
    StringBuilder safe = new StringBuilder();
    Iterator<?> rest = several.iterator();
    for (int i = 0; i < MOST_NAMES && rest.hasNext(); i++) {
      Object name = rest.next();
      safe.append(i == 0 ? "" : ", ").append(quote(name == null ? null : name.toString()));
    }
    return safe.append(rest.hasNext() ? ", …" : "").toString();
  }

  /** A part of a message without quotes: at most 256 characters of it. */
  public static String part(String text) {
    return escaped(text, LONGEST_PART);
  }

  /** A whole message, of which parts came from outside: at most 2,000 characters of it. */
  public static String line(String text) {
    return escaped(text, LONGEST_LINE);
  }

  private static String escaped(String text, int longest) {
    int end = end(text, longest);
    StringBuilder safe = new StringBuilder(end);
    for (int i = 0; i < end; ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (isHarmless(character)) {
        safe.appendCodePoint(character);
      } else {
        for (char unit : Character.toChars(character)) {
          safe.append("\\u").append(String.format("%04x", (int) unit));
        }
      }
    }
    return end < text.length() ? safe.append('…').toString() : safe.toString();
  }

  /** Where to end, without parting a surrogate pair. */
  private static int end(String text, int longest) {
    if (text.length() <= longest) {
      return text.length();
    }
    return Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
  }

  private static boolean isHarmless(int character) {
    int type = Character.getType(character);
    return type != Character.UNASSIGNED
        && type != Character.PRIVATE_USE
        && type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }
}
