package io.splitio.backend.split;

/**
 * How to ask for changes.
 *
 * @param fresh whether caches on the way are to be passed by
 * @param till a version that makes the address unlike any that a cache may know, or {@link #NONE}
 */
record Fetch(boolean fresh, long till) {
  static final long NONE = Long.MIN_VALUE;

  /** What a content delivery network has is good enough. */
  static final Fetch CACHED = new Fetch(false, NONE);

  /** From the service itself, as far as caches respect the wish. */
  static final Fetch FRESH = new Fetch(true, NONE);

  /** From the service itself, whatever caches think. */
  static Fetch bypassing(long till) {
    return new Fetch(true, till);
  }

  /** One that serves both. */
  Fetch and(Fetch other) {
    return new Fetch(fresh || other.fresh, Math.max(till, other.till));
  }
}
