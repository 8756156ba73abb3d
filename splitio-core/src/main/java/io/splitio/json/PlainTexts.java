package io.splitio.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes the plain texts at the beginning of an array off its bytes: texts in ASCII without escapes.
 *
 * <p>A segment is an array of up to a million of them. To look only for the quotes takes a quarter
 * of the time that a parser of JSON takes, in a JVM that has just started; everything that is not
 * plain, the end of the array included, is left to the parser.
 */
final class PlainTexts {
  private static final int WINDOW = 16 * 1024;

  /** A text that is longer than this, with the white space before it, is not plain. */
  private static final int LONGEST = 1024;

  static final byte[] NONE_TAKEN = "{\"\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SOME_TAKEN = "{\"\":[\"\"".getBytes(StandardCharsets.US_ASCII);

  private final InputStream source;

  /** One more than the window: a zero after the last byte ends every search. */
  private final byte[] buffer = new byte[WINDOW + 1];

  private int at;
  private int end;
  private boolean taken;
  private int line;
  private int column;

  /** An array at a place; some of the bytes that follow were read from the source already. */
  PlainTexts(byte[] read, InputStream source, int line, int column) {
    this.source = new SequenceInputStream(new ByteArrayInputStream(read), source);
    this.line = line;
    this.column = column;
  }

  /** Hands over all texts up to the first that is not plain. */
  void handTo(Json.Texts taker) throws IOException {
    while (next(taker)) {
      taken = true;
    }
  }

  private boolean next(Json.Texts taker) throws IOException {
    if (end - at < LONGEST) {
      fill();
    }
    int from = afterSpace(at);
    if (taken) {
      if (buffer[from] != ',') {
        return false;
      }
      from = afterSpace(from + 1);
    }
    if (buffer[from] != '"') {
      return false;
    }
    int to = afterPlain(from + 1);
    if (buffer[to] != '"') {
      return false;
    }
    taker.ascii(buffer, from + 1, to - from - 1);
    pass(from, to + 1);
    return true;
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    end += source.readNBytes(buffer, end, WINDOW - end);
    buffer[end] = 0;
  }

  private int afterSpace(int from) {
    int to = from;
    while (buffer[to] == ' ' || buffer[to] == '\n' || buffer[to] == '\r' || buffer[to] == '\t') {
      to++;
    }
    return to;
  }

  /** Bytes of characters that are not ASCII are negative. */
  private int afterPlain(int from) {
    int to = from;
    while (buffer[to] >= ' ' && buffer[to] != '"' && buffer[to] != '\\') {
      to++;
    }
    return to;
  }

  /** Goes on after a text; only the white space before it can hold ends of lines. */
  private void pass(int text, int to) {
    column += to - at;
    if (text - at > 1 || !taken) { // more than the comma
      for (int space = at; space < text; space++) {
        if (buffer[space] == '\n') {
          line++;
          column = to - space;
        }
      }
    }
    at = to;
  }

  /** What is left, made a document of its own: an object, and in it the rest of the array. */
  InputStream rest() {
    byte[] head = taken ? SOME_TAKEN : NONE_TAKEN;
    byte[] start = new byte[head.length + end - at];
    System.arraycopy(head, 0, start, 0, head.length);
    System.arraycopy(buffer, at, start, head.length, end - at);
    return new SequenceInputStream(new ByteArrayInputStream(start), source);
  }

  /** How many tokens that document begins with which the array did not have, besides its own. */
  int added() {
    return taken ? 1 : 0;
  }

  /** How many lines lie before the first one of that document. */
  int linesBefore() {
    return line - 1;
  }

  /**
   * How many columns lie before its first one; negative when it is longer than what it replaces.
   */
  int columnsBefore() {
    return column - 1 - (taken ? SOME_TAKEN.length : NONE_TAKEN.length);
  }
}
