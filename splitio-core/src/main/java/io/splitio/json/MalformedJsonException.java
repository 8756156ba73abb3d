package io.splitio.json;

import io.splitio.log.LogSafe;
import java.io.IOException;

/**
 * A text is not the JSON document it should be; the message says what, and in which line and
 * column. The parser's own exception is no cause of it: that would only repeat the document's text.
 */
public final class MalformedJsonException extends IOException {
  private final int line;
  private final boolean limit;

  MalformedJsonException(String problem, int line, int column) {
    this(problem, line, column, false);
  }

  MalformedJsonException(String problem, int line, int column, boolean limit) {
    super("line " + line + ", column " + column + ": " + LogSafe.line(problem));
    this.line = line;
    this.limit = limit;
  }

  /** Whether it may well be JSON, but is longer or deeper than this SDK takes. */
  public boolean beyondLimit() {
    return limit;
  }

  /** The line of the trouble, 1 for the first. */
  public int line() {
    return line;
  }
}
