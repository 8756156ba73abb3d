package io.splitio.json;

/**
 * Short texts that occur often, each as one string, which need not be made again to be found. So
 * many are remembered at most; what finds no place among its neighbours is not.
 */
final class SharedTexts {
  private static final int LONGEST = 64;
  private static final int MOST = 1 << 15;
  private static final int NEIGHBOURS = 8;

  /** Hashes of texts that are alike lie side by side; multiplied by this they do not. */
  private static final int SPREAD = 0x9E3779B9;

  private String[] table = new String[1 << 6]; // a power of two; null is a free place
  private int size;

  /** One instance for all equal texts. */
  String of(String text) {
    int hash = text.hashCode();
    for (int i = 0; i < NEIGHBOURS; i++) {
      String known = table[place(hash, i)];
      if (known == null) {
        break;
      }
      if (known.equals(text)) {
        return known;
      }
    }
    return remembered(text);
  }

  /** The same for a text that is no string yet. */
  String of(char[] buffer, int from, int length) {
    if (length <= LONGEST) {
      int hash = hash(buffer, from, length);
      for (int i = 0; i < NEIGHBOURS; i++) {
        String known = table[place(hash, i)];
        if (known == null) {
          break;
        }
        if (known.hashCode() == hash && isSame(known, buffer, from, length)) {
          return known;
        }
      }
    }
    return remembered(new String(buffer, from, length));
  }

  private int place(int hash, int neighbour) {
    int first = (hash * SPREAD) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(table.length));
    return (first + neighbour) & (table.length - 1);
  }

  private static int hash(char[] buffer, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = hash * 31 + buffer[i];
    }
    return hash;
  }

  private static boolean isSame(String text, char[] buffer, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != buffer[from + i]) {
        return false;
      }
    }
    return true;
  }

  private String remembered(String text) {
    if (text.length() > LONGEST || size >= MOST) {
      return text;
    }
    if (size * 2 >= table.length) {
      String[] before = table;
      table = new String[before.length * 2];
      size = 0;
      for (String known : before) {
        if (known != null) {
          put(known);
        }
      }
    }
    put(text);
    return text;
  }

  private void put(String text) {
    int hash = text.hashCode();
    for (int i = 0; i < NEIGHBOURS; i++) {
      int at = place(hash, i);
      if (table[at] == null) {
        table[at] = text;
        size++;
        return;
      }
    }
  }
}
