package io.splitio.backend.localhost;

import io.splitio.log.LogSafe;

/**
 * A file cannot be used; the message names it, its line where there is one, and the cure. What
 * comes from the file is made harmless in it.
 */
final class UnreadableFileException extends Exception {
  UnreadableFileException(String problem) {
    super(LogSafe.line(problem));
  }

  UnreadableFileException(String problem, Throwable cause) {
    super(LogSafe.line(problem), cause);
  }

  /** What is wrong, in words. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
