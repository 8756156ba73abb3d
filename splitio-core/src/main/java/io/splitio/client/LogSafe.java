package io.splitio.client;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What came from outside, fit for a log: one line, no control characters, not too long; and each
 * trouble only once.
 */
final class LogSafe {
  private static final int LONGEST = 256;
  private static final int MOST_TROUBLES = 1_000;

  private final Set<String> told = Collections.newSetFromMap(new ConcurrentHashMap<>());

  /** Whether this trouble was not told before. Beyond so many different ones, none is new. */
  boolean isNew(String trouble) {
    return !told.contains(trouble) && told.size() < MOST_TROUBLES && told.add(trouble);
  }

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

  private static boolean isHarmless(char c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }
}
