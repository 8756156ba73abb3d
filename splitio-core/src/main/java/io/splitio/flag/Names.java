package io.splitio.flag;

/** Which names are valid, whoever chose them (evaluation specification 9.2 and 9.4). */
public final class Names {
  private static final int LONGEST_FLAG_NAME = 100;
  private static final int ASCII = 128;

  /** Whether a character may be anywhere in a flag's name but at its start. */
  private static final boolean[] IN_FLAG_NAMES = new boolean[ASCII];

  static {
    for (char c = 0; c < ASCII; c++) {
      IN_FLAG_NAMES[c] = isLetter(c) || isDigit(c) || c == '_' || c == '-';
    }
  }

  private Names() {}

  /**
   * Whether a text can be a flag's or a treatment's name: 1 to 100 letters, digits, dashes and
   * underscores, the first no dash or underscore; dots only if the first is a digit.
   */
  public static boolean isFlagName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_FLAG_NAME) {
      return false;
    }
    boolean digitFirst = isDigit(name.charAt(0));
    if (!digitFirst && !isLetter(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c >= ASCII || !IN_FLAG_NAMES[c]) && !(digitFirst && c == '.')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a text can be a flag set's name: 1 to 50 lower-case letters, digits and underscores,
   * the first none.
   */
  public static boolean isFlagSet(String name) {
    if (name.isEmpty() || name.length() > 50 || name.charAt(0) == '_') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isDigit(c) && c != '_' && !(c >= 'a' && c <= 'z')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
