package io.splitio.codec;

import java.io.IOException;

/**
 * A text is not the JSON document it should be; the message says what, and in which line and
 * column.
 */
public final class MalformedJsonException extends IOException {
  private final int line;

  MalformedJsonException(String problem, int line, int column, Throwable cause) {
    super("line " + line + ", column " + column + ": " + problem, cause);
    this.line = line;
  }

  MalformedJsonException(String problem, int line, int column) {
    super("line " + line + ", column " + column + ": " + problem);
    this.line = line;
  }

  /** The line of the trouble, 1 for the first. */
  public int line() {
    return line;
  }
}
