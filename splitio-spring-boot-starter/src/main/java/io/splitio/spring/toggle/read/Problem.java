package io.splitio.spring.toggle.read;

/** Ends the reading of one part of an annotation: why that part cannot work. */
public final class Problem extends RuntimeException {
  /** Says what is wrong, what would be right, and where. */
  public Problem(String message) {
    super(message, null, false, false);
  }
}
