package io.splitio.api;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows text from outside on one line. */
final class Printable {
  /** Control and format characters, unpaired surrogates, line and paragraph separators. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private Printable() {}

  /** The text, with a Java escape for each character that could break a line or hide another. */
  static String text(@Nullable String text) {
    return text == null
        ? "null"
        : UNPRINTABLE.matcher(text).replaceAll(found -> escaped(found.group()));
  }

  private static String escaped(String character) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < character.length(); i++) {
      escaped.append(String.format(Locale.ROOT, "\\\\u%04x", (int) character.charAt(i)));
    }
    return escaped.toString();
  }
}
