package io.splitio.flag;

import io.splitio.keys.TextSet;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Tests of text. */
public sealed interface StringMatcher extends Matcher {

  /** Whether the text matches. */
  boolean matches(String text);

  @Override
  default boolean matches(Object value) {
    return value instanceof String text && matches(text);
  }

  /** One of several texts. */
  record OneOf(TextSet texts) implements StringMatcher {
    /** One of the texts of a collection. */
    public OneOf(Collection<String> texts) {
      this(TextSet.of(texts));
    }

    @Override
    public boolean matches(String text) {
      return texts.contains(text);
    }

    @Override
    public String describe() {
      return "is one of " + texts;
    }
  }

  /** Any of several beginnings; an empty one counts for nothing. */
  record StartsWith(List<String> prefixes) implements StringMatcher {
    /** Copies the list without empty entries. */
    public StartsWith {
      prefixes = withoutEmpty(prefixes);
    }

    @Override
    public boolean matches(String text) {
      for (int i = 0, n = prefixes.size(); i < n; i++) {
        if (text.startsWith(prefixes.get(i))) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String describe() {
      return "starts with one of " + prefixes;
    }
  }

  /** Any of several endings; an empty one counts for nothing. */
  record EndsWith(List<String> suffixes) implements StringMatcher {
    /** Copies the list without empty entries. */
    public EndsWith {
      suffixes = withoutEmpty(suffixes);
    }

    @Override
    public boolean matches(String text) {
      for (int i = 0, n = suffixes.size(); i < n; i++) {
        if (text.endsWith(suffixes.get(i))) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String describe() {
      return "ends with one of " + suffixes;
    }
  }

  /** Any of several parts; an empty one counts for nothing. */
  record Contains(List<String> parts) implements StringMatcher {
    /** Copies the list without empty entries. */
    public Contains {
      parts = withoutEmpty(parts);
    }

    @Override
    public boolean matches(String text) {
      for (int i = 0, n = parts.size(); i < n; i++) {
        if (text.contains(parts.get(i))) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String describe() {
      return "contains one of " + parts;
    }
  }

  /**
   * A regular expression that is found somewhere in the text.
   *
   * <p>The expression comes from the flag and the text from the application's users; together they
   * can take longer than the universe has. So the engine reads the text through a window that
   * counts, and the evaluation fails when the count exceeds the budget.
   */
  final class MatchesRegex implements StringMatcher {
    /**
     * How many characters one match may read; the expressions in use need a few per character of
     * the text.
     */
    static final int BUDGET = 200_000;

    /** Flags that make what follows a number sign a comment. */
    private static final Pattern COMMENTS = Pattern.compile("\\(\\?[a-zA-Z]*x");

    private final Pattern pattern;

    private MatchesRegex(Pattern pattern) {
      this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException when it is not valid
     */
    public static MatchesRegex of(String expression) {
      if ((isPlain(expression) ? rounds(expression) : allCounts(expression)) > BUDGET) {
        throw new IllegalArgumentException(
            "a regular expression of more than " + BUDGET + " rounds: " + expression);
      }
      try {
        return new MatchesRegex(Pattern.compile(expression));
      } catch (PatternSyntaxException | StackOverflowError e) {
        throw new IllegalArgumentException("not a regular expression: " + expression, e);
      }
    }

    /** Whether a sign means the same wherever it stands: no quotations, no comments. */
    private static boolean isPlain(String expression) {
      return !expression.contains("\\Q") && !COMMENTS.matcher(expression).find();
    }

    /** All counts multiplied, as if each were within all others: never too few rounds. */
    private static double allCounts(String expression) {
      double all = 1;
      for (int i = expression.indexOf('{'); i >= 0; i = expression.indexOf('{', i + 1)) {
        all *= Math.max(1, count(expression, i + 1));
      }
      return all;
    }

    /**
     * How many rounds the counts of an expression demand, those of nested groups multiplied. Rounds
     * over nothing, as in {@code (?:^){2000000000}}, read no text and so would spend no budget.
     */
    private static double rounds(String expression) {
      Deque<Double> outer = new ArrayDeque<>();
      double most = 1; // in the group that is open
      double last = 1; // of what a count would be about
      for (int i = 0; i < expression.length(); i = end(expression, i)) {
        char c = expression.charAt(i);
        if (c == '(') {
          outer.push(most);
          most = 1;
        }
        if (c == ')' && !outer.isEmpty()) {
          last = most;
          most = outer.pop();
        } else if (c == '{') {
          last *= Math.max(1, count(expression, i + 1));
        } else if (!Character.isWhitespace(c)) {
          last = 1;
        }
        most = Math.max(most, last);
      }
      for (double open : outer) { // an expression whose groups are counted wrong is not to be low
        most = Math.max(most, open);
      }
      return most;
    }

    /** Where the next sign begins: an escape, a class and a count are one. */
    private static int end(String expression, int start) {
      if (expression.charAt(start) == '[') {
        return endOfClass(expression, start);
      }
      int closing = expression.charAt(start) == '{' ? expression.indexOf('}', start) : -1;
      if (closing >= 0) {
        return closing + 1;
      }
      return expression.charAt(start) == '\\' ? endOfEscape(expression, start) : start + 1;
    }

    /**
     * Of an escape with its argument in braces, such as a code point in hexadecimal, or without.
     */
    private static int endOfEscape(String expression, int start) {
      boolean braces = start + 2 < expression.length() && expression.charAt(start + 2) == '{';
      boolean named = braces && "xpPN".indexOf(expression.charAt(start + 1)) >= 0;
      int closing = named ? expression.indexOf('}', start) : -1;
      return closing < 0 ? start + 2 : closing + 1;
    }

    /** A bracket that closes right after the one that opens is a sign of the class. */
    private static int endOfClass(String expression, int start) {
      int first = expression.startsWith("[^", start) ? start + 2 : start + 1;
      int depth = 1;
      for (int i = expression.startsWith("]", first) ? first + 1 : first;
          i < expression.length();
          i++) {
        char c = expression.charAt(i);
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (depth == 0) {
          return i + 1;
        }
        i += c == '\\' ? 1 : 0;
      }
      return expression.length();
    }

    private static double count(String expression, int start) {
      double count = 0;
      for (int i = start; i < expression.length(); i++) {
        int digit = Character.digit(expression.charAt(i), 10);
        if (digit < 0) {
          return count;
        }
        count = count * 10 + digit;
      }
      return count;
    }

    @Override
    public boolean matches(String text) {
      return pattern.matcher(new CountedText(text, new int[1])).find();
    }

    @Override
    public String describe() {
      return "matches the regular expression " + pattern;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof MatchesRegex that && pattern.pattern().equals(that.pattern.pattern());
    }

    @Override
    public int hashCode() {
      return pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
      return "MatchesRegex[" + pattern + "]";
    }

    /** A text that refuses to be read once its budget is spent. Parts of it share the count. */
    private static final class CountedText implements CharSequence {
      private final CharSequence text;
      private final int[] reads;

      private CountedText(CharSequence text, int[] reads) {
        this.text = text;
        this.reads = reads;
      }

      @Override
      public char charAt(int index) {
        if (++reads[0] > BUDGET) {
          throw new IllegalStateException(
              "the regular expression needs more than " + BUDGET + " steps");
        }
        return text.charAt(index);
      }

      @Override
      public int length() {
        return text.length();
      }

      @Override
      public CharSequence subSequence(int start, int end) {
        return new CountedText(text.subSequence(start, end), reads);
      }

      @Override
      public String toString() {
        return text.toString();
      }
    }
  }

  private static List<String> withoutEmpty(List<String> texts) {
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }
}
