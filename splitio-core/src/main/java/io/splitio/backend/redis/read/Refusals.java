package io.splitio.backend.redis.read;

import io.splitio.backend.SyncReport;
import io.splitio.backend.redis.link.RedisFault;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis answering that it does not answer. One refusal may pass; more of them are told, until there
 * was none for a while.
 */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long TOLD_APART_NANOS = Duration.ofMinutes(1).toNanos();

  private final String address;
  private final SyncReport report;
  private volatile int number; // lately; written under the object's monitor
  private long lastAt; // guarded by this
  private long toldAt = System.nanoTime() - TOLD_APART_NANOS; // guarded by this

  Refusals(String address, SyncReport report) {
    this.address = address;
    this.report = report;
  }

  /** Something was refused. */
  void add(RedisFault fault) {
    String problem = "Redis at " + address + " refuses what is asked: " + fault.advised();
    if (isNews() && isTold(problem) && !fault.hasRemedy()) { // else it is complained of
      log.warn("{}. What is not in a local copy is answered with control meanwhile", problem);
    }
  }

  private synchronized boolean isNews() {
    lastAt = System.nanoTime();
    number = Math.min(number + 1, 2);
    return number > 1;
  }

  private synchronized boolean isTold(String problem) {
    report.failed(problem);
    boolean due = System.nanoTime() - toldAt >= TOLD_APART_NANOS;
    toldAt = due ? System.nanoTime() : toldAt;
    return due;
  }

  /** Something was answered. Returns whether all is well. */
  boolean pass() {
    if (number == 0) {
      return true;
    }
    synchronized (this) {
      if (System.nanoTime() - lastAt < QUIET_NANOS) {
        return false;
      }
      boolean told = number > 1;
      number = 0;
      if (told) {
        report.succeeded();
      }
      return true;
    }
  }

  /** There is another connection. */
  synchronized void forget() {
    number = 0;
  }
}
