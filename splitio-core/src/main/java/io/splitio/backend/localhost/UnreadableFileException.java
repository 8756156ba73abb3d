package io.splitio.backend.localhost;

/** A file cannot be used; the message names it, its line where there is one, and the cure. */
final class UnreadableFileException extends Exception {
  UnreadableFileException(String problem) {
    super(problem);
  }

  UnreadableFileException(String problem, Throwable cause) {
    super(problem, cause);
  }

  /** What is wrong, in words. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
