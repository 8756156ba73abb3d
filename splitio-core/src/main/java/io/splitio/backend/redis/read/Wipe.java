package io.splitio.backend.redis.read;

import java.util.concurrent.atomic.AtomicLong;

/**
 * All of Redis being emptied at once, as when the Synchronizer starts afresh: for a while what was
 * there is served on.
 */
final class Wipe {
  private static final long NEVER = Long.MIN_VALUE;

  private final long graceNanos;
  private final AtomicLong since = new AtomicLong(NEVER);
  private volatile boolean versioned; // there was a version once, so that none is a sign
  private volatile long sureOf = NEVER; // since when it is gone, rather than something in its place

  Wipe(long graceNanos) {
    this.graceNanos = graceNanos;
  }

  /** Whether what vanished is served on, given that there is no version of the flags. */
  boolean isYoung() {
    if (!versioned) {
      return false;
    }
    since.compareAndSet(NEVER, System.nanoTime());
    return System.nanoTime() - since.get() < graceNanos;
  }

  /** Whether somebody made sure that the version is gone. */
  boolean isSure() {
    long now = since.get();
    return now != NEVER && sureOf == now;
  }

  /** Which emptying this is; to be given to {@link #confirm}. */
  long current() {
    return since.get();
  }

  /** The version was gone in an emptying, and nothing in its place. */
  void confirm(long emptying) {
    sureOf = emptying;
  }

  /** Something is in the place of the version that is none, so there is nothing to go by. */
  void giveUp() {
    versioned = false;
    since.set(NEVER);
  }

  /** There is a version of the flags, which is written when all of them are. */
  void end() {
    if (!versioned) {
      versioned = true;
    }
    mayEnd();
  }

  /** Something is there that may be the version. */
  void mayEnd() {
    if (since.get() != NEVER) {
      since.set(NEVER);
    }
  }
}
