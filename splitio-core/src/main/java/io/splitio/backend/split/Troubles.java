package io.splitio.backend.split;

import io.splitio.backend.SyncReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps definitions from being current: reported as long as it lasts, logged once when it
 * begins and once when it is over. For one lane.
 */
final class Troubles {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final long OFTEN = 1_000_000_000L;

  private final SyncReport report;
  private final Map<String, Synced> segments = new LinkedHashMap<>();
  private @Nullable Synced flags;
  private @Nullable String told;
  private boolean confirmed;
  private long confirmedAt;

  /** No troubles so far. */
  Troubles(SyncReport report) {
    this.report = report;
  }

  /** Notes how an attempt to fetch flags and rule-based segments ended. */
  void flags(Synced synced) {
    if (!synced.closed()) {
      flags = synced.ok() ? null : synced;
      tell();
    }
  }

  /** Notes how an attempt to fetch a segment ended. */
  void segment(String name, Synced synced) {
    if (synced.closed()) {
      return;
    }
    if (synced.ok()) {
      segments.remove(name);
    } else {
      segments.put(name, synced);
    }
    tell();
  }

  /** Only these segments matter from now on. */
  void onlySegments(Set<String> used) {
    segments.keySet().retainAll(used);
  }

  /** The stream was heard of: nothing changed that was not announced. */
  void alive() {
    long now = System.nanoTime();
    if (told == null && (!confirmed || now - confirmedAt > OFTEN)) {
      confirmed = true;
      confirmedAt = now;
      report.succeeded();
    }
  }

  private void tell() {
    Synced first = flags == null && !segments.isEmpty() ? anySegment() : flags;
    if (first == null) {
      if (told != null) {
        log.info("Definitions are synchronised again");
      }
      told = null;
      report.succeeded();
    } else {
      tell(first, problem(first));
    }
  }

  private Synced anySegment() {
    return segments.values().iterator().next();
  }

  private void tell(Synced synced, String problem) {
    boolean fatal = synced.unauthorized() || synced.addressTooLong();
    if (fatal) {
      report.failedForGood(problem);
    } else {
      report.failed(problem);
    }
    if (problem.equals(told)) {
      log.debug("{}", problem);
    } else if (fatal) {
      log.error("{}", problem);
    } else {
      log.warn("{}", problem);
    }
    told = problem;
  }

  private String problem(Synced synced) {
    if (synced.unauthorized()) {
      return "The service refuses the SDK key ("
          + synced.trouble()
          + "). Use a server-side SDK key of the right environment. It is tried again every few"
          + " minutes.";
    }
    if (synced.addressTooLong()) {
      return "The service finds the address too long ("
          + synced.trouble()
          + "): use fewer flag sets. Definitions are not loaded.";
    }
    return (flags == null ? "Segments" : "Definitions")
        + " could not be synchronised ("
        + synced.trouble()
        + "); what is known stays in force, and it is tried again.";
  }
}
