package io.splitio.backend.split;

import io.splitio.backend.SyncReport;
import io.splitio.log.LogSafe;
import io.splitio.net.Trouble;
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
  private final String origin;
  private final Map<String, Synced> segments = new LinkedHashMap<>();
  private @Nullable Synced flags;
  private boolean everLoaded;
  private @Nullable String told;
  private boolean confirmed;
  private long confirmedAt;

  /**
   * No troubles so far.
   *
   * @param origin where definitions come from: scheme, host and port
   */
  Troubles(SyncReport report, String origin) {
    this.report = report;
    this.origin = origin;
  }

  /** Notes how an attempt to fetch flags and rule-based segments ended. */
  void flags(Synced synced) {
    if (!synced.closed()) {
      flags = synced.ok() ? null : synced;
      everLoaded |= synced.ok();
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
    if (flags != null) {
      tell(flags, problem(flags, "Definitions", ""), flags.trouble());
    } else if (!segments.isEmpty()) {
      Map.Entry<String, Synced> first = segments.entrySet().iterator().next();
      Synced synced = first.getValue();
      String name = LogSafe.quote(first.getKey()) + ": ";
      tell(synced, problem(synced, "Segments", name), synced.trouble());
    } else {
      if (told != null) {
        log.info("Definitions are synchronised again");
      }
      told = null;
      report.succeeded();
    }
  }

  /** One trouble that many segments have is told once, with the name of the first. */
  private void tell(Synced synced, String problem, @Nullable Trouble trouble) {
    boolean fatal = synced.unauthorized() || synced.addressTooLong();
    if (fatal) {
      report.failedForGood(problem);
    } else {
      report.failed(problem);
    }
    String news = (flags == null ? "segments " : "definitions ") + trouble;
    if (news.equals(told)) {
      log.debug("{}", problem);
    } else if (fatal) {
      log.error("{}", problem);
    } else {
      log.warn("{}", problem);
    }
    told = news;
  }

  private String problem(Synced synced, String what, String name) {
    String why = " (" + name + synced.trouble() + " at " + origin + ")";
    if (synced.unauthorized()) {
      return "The service refuses the SDK key"
          + why
          + ". Use a server-side SDK key of the right environment. It is tried again every few"
          + " minutes.";
    }
    if (synced.addressTooLong()) {
      return "The service finds the address too long"
          + why
          + ": use fewer flag sets. "
          + (everLoaded
              ? "What is known stays in force, and is not kept current."
              : "Definitions are not loaded.");
    }
    return what
        + " could not be synchronised"
        + why
        + "; what is known stays in force, and it is tried again"
        + (synced.lasting() ? " every few minutes." : ".");
  }
}
