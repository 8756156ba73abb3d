package io.splitio.backend.split;

import io.splitio.backend.split.keep.Replay;
import io.splitio.backend.split.stream.Notification;
import io.splitio.codec.Changes;
import io.splitio.codec.Changes.Section;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.log.LogSafe;
import io.splitio.log.Once;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts received definitions in force: all of a page in one step, and nothing older than what is
 * there (protocol specification 2.7). For one lane.
 */
final class Pages implements Replay {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final SnapshotStore store;
  private final Set<String> sets;
  private final Telemetry telemetry;
  private final Once toldUnsupported = new Once();

  Pages(SnapshotStore store, Set<String> sets, Telemetry telemetry) {
    this.store = store;
    this.sets = sets;
    this.telemetry = telemetry;
  }

  @Override
  public void apply(Changes page) {
    put(before -> after(page, before));
  }

  /**
   * A segment that leaves use leaves at once: nobody would hear of its changes, and it would be
   * served outdated when it returns.
   */
  private void put(Change definitions) {
    store.apply(definitions.and(Change.withoutUnusedSegments()));
  }

  /** What is there after a page. */
  Snapshot after(Changes page, Snapshot before) {
    tell(page.flags());
    tell(page.ruleBasedSegments());
    return flags(page.flags()).applyTo(ruleBased(page.ruleBasedSegments()).applyTo(before));
  }

  /**
   * Makes definitions that were received from the beginning of time the only ones, in one step;
   * unless they are older than those in force.
   */
  boolean replace(Snapshot received) {
    Snapshot held = store.current();
    boolean older =
        received.flagsTill() < held.flagsTill() || received.ruleBasedTill() < held.ruleBasedTill();
    if (!older) {
      put(Change.definitionsOf(received));
    }
    return !older;
  }

  @Override
  public void apply(Section<FeatureFlag> flag, long till) {
    tell(flag);
    put(flags(at(flag, till)));
  }

  @Override
  public void applyRuleBased(Section<RuleBasedSegment> segment, long till) {
    tell(segment);
    put(ruleBased(at(segment, till)));
  }

  private static <T> Section<T> at(Section<T> section, long till) {
    return new Section<>(
        section.since(),
        till,
        section.active(),
        section.removed(),
        section.rejected(),
        section.unsupported());
  }

  /** Serves a flag's default treatment to everybody, if that is news about the flag. */
  @Override
  public void kill(Notification.Kill kill) {
    store.apply(
        before -> {
          FeatureFlag flag = before.flag(kill.flag());
          return flag == null || flag.changeNumber() >= kill.changeNumber()
              ? before
              : Change.flags(
                      List.of(flag.killed(kill.treatment(), kill.changeNumber())),
                      List.of(),
                      before.flagsTill())
                  .applyTo(before);
        });
  }

  private Change flags(Section<FeatureFlag> section) {
    if (section.till() == Changes.UNSAID) {
      return before -> before;
    }
    List<FeatureFlag> put = new ArrayList<>();
    List<String> removed = new ArrayList<>(section.removed());
    for (FeatureFlag flag : section.active()) {
      if (sets.isEmpty() || !Collections.disjoint(sets, flag.sets())) {
        put.add(flag);
      } else {
        removed.add(flag.name());
      }
    }
    return before ->
        section.till() < before.flagsTill()
            ? outdated("flags", before)
            : Change.flags(newerThan(before, put, section.till()), removed, section.till())
                .applyTo(before);
  }

  /**
   * A flag that was killed in between is newer than a page that was under way, but not than one
   * that reaches beyond the kill.
   */
  private static List<FeatureFlag> newerThan(Snapshot before, List<FeatureFlag> put, long till) {
    List<FeatureFlag> newer = new ArrayList<>(put.size());
    for (FeatureFlag flag : put) {
      FeatureFlag present = before.flag(flag.name());
      if (present == null || present.changeNumber() <= Math.max(till, flag.changeNumber())) {
        newer.add(flag);
      }
    }
    return newer;
  }

  private static Change ruleBased(Section<RuleBasedSegment> section) {
    if (section.till() == Changes.UNSAID) {
      return before -> before;
    }
    return before ->
        section.till() < before.ruleBasedTill()
            ? outdated("rule-based segments", before)
            : Change.ruleBasedSegments(section.active(), section.removed(), section.till())
                .applyTo(before);
  }

  private static Snapshot outdated(String what, Snapshot before) {
    log.debug("Received {} older than those in force; they are ignored", what);
    return before;
  }

  private void tell(Section<?> section) {
    for (Changes.Trouble trouble : section.rejected()) {
      telemetry.count(Counter.BAD_DEFINITIONS);
      log.error(
          "The definition {} cannot be read and is skipped; what was known before stays in force:"
              + " {}",
          safe(trouble.name()),
          safe(trouble.reason()));
    }
    for (Changes.Trouble trouble : section.unsupported()) {
      if (toldUnsupported.isNew(String.valueOf(trouble.name()))) {
        log.warn(
            "The definition {} has something this SDK does not support: {}",
            safe(trouble.name()),
            safe(trouble.reason()));
      }
    }
  }

  private static String safe(@Nullable String text) {
    return LogSafe.part(String.valueOf(text));
  }
}
