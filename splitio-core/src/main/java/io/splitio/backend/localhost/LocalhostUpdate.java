package io.splitio.backend.localhost;

import io.splitio.backend.localhost.LocalhostFiles.Contents;
import io.splitio.codec.Changes;
import io.splitio.codec.Changes.Section;
import io.splitio.codec.SegmentChange;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.Segment;
import io.splitio.log.LogSafe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts in force what the files say, as one step (evaluation specification 12.6). */
final class LocalhostUpdate {
  static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final LocalhostFiles files;
  private final Contents contents;
  private final SnapshotStore store;
  private final boolean first;

  LocalhostUpdate(LocalhostFiles files, Contents contents, SnapshotStore store) {
    this.files = files;
    this.contents = contents;
    this.store = store;
    this.first = store.current() == Snapshot.EMPTY;
  }

  /** Why the files are older than what is in force, or null when they are not. */
  @Nullable String outdated() {
    Changes changes = contents.reading().changes();
    String flags = outdated("flags", changes.flags().till(), store.current().flagsTill());
    return flags != null
        ? flags
        : outdated(
            "rule-based segments",
            changes.ruleBasedSegments().till(),
            store.current().ruleBasedTill());
  }

  private @Nullable String outdated(String what, long till, long stored) {
    return till == -1 || till >= stored
        ? null
        : files.name()
            + " has "
            + what
            + " with change number "
            + till
            + ", which is lower than "
            + stored
            + " in force. Give it a higher one, or -1.";
  }

  void apply() {
    Snapshot before = store.current();
    store.apply(contents.change().and(Change.segments(segments(before))));
    tellWhatWasPassedOver();
    Snapshot now = store.current();
    log.info(
        "Read {}: {} flags, {} segments, {} rule-based segments in force",
        files.name(),
        now.flagCount(),
        now.segmentCount(),
        now.ruleBasedSegmentCount());
  }

  private List<Segment> segments(Snapshot before) {
    List<Segment> segments = new ArrayList<>();
    for (Map.Entry<String, SegmentChange> entry : contents.segments().entrySet()) {
      Segment stored = before.segment(entry.getKey());
      Segment present = stored == null ? Segment.empty(entry.getKey()) : stored;
      SegmentChange change = entry.getValue();
      long till = change.till() == -1 ? present.changeNumber() : change.till();
      if (till < present.changeNumber()) {
        log.warn(
            "The file of segment {} has change number {}, which is lower than {} in force; its keys"
                + " stay as they are. Give it a higher one, or -1.",
            LogSafe.quote(entry.getKey()),
            till,
            present.changeNumber());
      } else {
        segments.add(change.applyTo(present, till));
      }
    }
    return segments;
  }

  private void tellWhatWasPassedOver() {
    for (String skipped : contents.reading().skipped()) {
      log.atLevel(files.format().skippedLevel())
          .log("{}, {}; it is passed over", files.name(), skipped);
    }
    Changes changes = contents.reading().changes();
    tell("flag", changes.flags());
    tell("rule-based segment", changes.ruleBasedSegments());
    if (changes.flags().active().size() > 0 && store.current().flagCount() == 0) {
      log.warn(
          "{} has no flag that is in the configured flag sets, so that no flags are served",
          files.name());
    }
  }

  private void tell(String kind, Section<?> section) {
    for (Changes.Trouble trouble : section.rejected()) {
      log.error(
          "{}, line {}: {} {} is not valid: {}. It is passed over{}.",
          files.name(),
          trouble.line(),
          kind,
          trouble.name() == null ? "without a name" : LogSafe.quote(trouble.name()),
          LogSafe.line(trouble.reason()),
          first ? "" : "; what was known of it before stays in force");
    }
    for (Changes.Trouble trouble : section.unsupported()) {
      log.error(
          "{}, line {}: {} {} has {}, which this SDK does not support.",
          files.name(),
          trouble.line(),
          kind,
          LogSafe.quote(trouble.name()),
          LogSafe.line(trouble.reason()));
    }
  }
}
