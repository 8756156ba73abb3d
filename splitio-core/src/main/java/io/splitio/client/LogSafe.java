package io.splitio.client;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What came from outside, fit for a log: one line, no control characters, not too long. */
final class LogSafe {
  private static final int LONGEST = 256;
  private static final int MOST = 10;

  private LogSafe() {}

  /** The text in quotes, without what could forge a line or steer a terminal. */
  static String quote(@Nullable String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder safe = new StringBuilder("'");
    for (int i = 0, n = Math.min(text.length(), LONGEST); i < n; i++) {
      char c = text.charAt(i);
      safe.append(isHarmless(c) ? c : '?');
    }
    return safe.append(text.length() > LONGEST ? "…'" : "'").toString();
  }

  /** One name, or the first of several, in quotes. */
  static String quoteAll(@Nullable Object names) {
    if (!(names instanceof Collection<?> several)) {
      return quote(names == null ? null : names.toString());
    }
    StringBuilder safe = new StringBuilder();
    Iterator<?> rest = several.iterator();
    for (int i = 0; i < MOST && rest.hasNext(); i++) {
      Object name = rest.next();
      safe.append(i == 0 ? "" : ", ").append(quote(name == null ? null : name.toString()));
    }
    return safe.append(rest.hasNext() ? ", …" : "").toString();
  }

  private static boolean isHarmless(char c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }
}
