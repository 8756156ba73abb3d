package io.splitio.sample.shop;

import java.util.regex.Pattern;

/**
 * How the shop looks.
 *
 * @param accent the colour of buttons and prices, such as {@code #2f6b4f}; dark enough for white
 *     text on it
 * @param paper the colour behind everything; light enough for dark text on it
 * @param banner the words at the top of every page, or nothing
 */
public record Theme(String accent, String paper, String banner) {
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

  /** What the shop looks like when no flag decides. */
  public static final Theme PLAIN = new Theme("#35524a", "#f7f5f0", "");

  /** Accepts nothing but colours, because they are written into a style sheet. */
  public Theme {
    requireColour("accent", accent);
    requireColour("paper", paper);
  }

  /** The theme as a style sheet. */
  public String css() {
    return ":root { --accent: %s; --paper: %s; }%n".formatted(accent, paper);
  }

  /** A short text that differs when the style sheet does. */
  public String version() {
    return Integer.toHexString(css().hashCode());
  }

  private static void requireColour(String name, String value) {
    if (value == null || !COLOUR.matcher(value).matches()) {
      throw new IllegalArgumentException(
          name + " is \"" + value + "\"; it must be a colour such as #2f6b4f");
    }
  }
}
