package io.splitio.api;

/**
 * The unit of a plain number that a date rule looks at. {@code java.time} values and {@code Date}
 * say theirs.
 */
public enum DateUnit {
  /** Milliseconds since 1970-01-01T00:00:00Z, as in Split's Java and JavaScript SDKs. */
  MILLISECONDS(1),
  /** Seconds since 1970-01-01T00:00:00Z, as in Split's Python, Go and Ruby SDKs. */
  SECONDS(1000);

  private final long milliseconds;

  DateUnit(long milliseconds) {
    this.milliseconds = milliseconds;
  }

  /** How many milliseconds one unit is. */
  public long milliseconds() {
    return milliseconds;
  }
}
