package io.splitio.json;

import io.splitio.log.LogSafe;
import java.io.IOException;

/**
 * A text is not the JSON document it should be; the message says what, and in which line and
 * column. The parser's own exception is no cause of it: that would only repeat the document's text.
 */
public final class MalformedJsonException extends IOException {
  private final int line;

  MalformedJsonException(String problem, int line, int column) {
    super("line " + line + ", column " + column + ": " + LogSafe.line(problem));
    this.line = line;
  }

  /** The line of the trouble, 1 for the first. */
  public int line() {
    return line;
  }
}
