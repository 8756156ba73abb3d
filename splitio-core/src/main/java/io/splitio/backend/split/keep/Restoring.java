package io.splitio.backend.split.keep;

import io.splitio.backend.split.stream.Notification;
import io.splitio.codec.Changes;
import io.splitio.codec.Changes.Section;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.codec.SegmentChange;
import io.splitio.codec.SegmentReader;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes definitions of what was kept, out of sight of everybody until it is done. */
public final class Restoring {
  private final SnapshotStore store = new SnapshotStore((before, after) -> {});
  private final ChangesReader reader;
  private final SegmentReader segmentReader = new SegmentReader(Sanitizing.NONE);
  private final Replay replay;
  private final Map<String, Segment> segments = new HashMap<>();

  /**
   * Nothing restored yet.
   *
   * @param reader reads definitions
   * @param replay puts them in force in a store
   */
  public Restoring(ChangesReader reader, Function<SnapshotStore, Replay> replay) {
    this.reader = reader;
    this.replay = replay.apply(store);
  }

  /** Takes the next entry. */
  void take(Entry entry) {
    try {
      read(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("this version cannot read a document in it", e);
    }
  }

  private void read(Entry entry) throws IOException {
    byte[] document = entry.document();
    switch (entry.kind()) {
      case CHANGES -> {
        Changes page = reader.read(document);
        replay.apply(new Changes(told(page.flags()), told(page.ruleBasedSegments())));
        withoutUnused();
      }
      case FLAG -> {
        replay.apply(told(reader.readFlag(document)), entry.version());
        withoutUnused();
      }
      case RULE_BASED_SEGMENT -> {
        replay.applyRuleBased(told(reader.readRuleBasedSegment(document)), entry.version());
        withoutUnused();
      }
      case SEGMENT -> members(entry.name(), segmentReader.read(document));
      case KILL -> {
        String treatment = new String(document, StandardCharsets.UTF_8);
        replay.kill(new Notification.Kill(entry.version(), entry.name(), treatment));
      }
      case COMPLETE -> {
        // the reader of the file looks for it
      }
    }
  }

  /** What is wrong with definitions was told when they were received. */
  private static <T> Section<T> told(Section<T> section) {
    return new Section<>(
        section.since(), section.till(), section.active(), section.removed(), List.of(), List.of());
  }

  /** A segment that left use was loaded anew if it returned. */
  private void withoutUnused() {
    segments.keySet().removeIf(name -> !store.current().usesSegment(name));
  }

  private void members(String name, SegmentChange change) {
    Segment held = segments.getOrDefault(name, Segment.empty(name));
    boolean first = !segments.containsKey(name);
    boolean newer = change.till() > held.changeNumber() || first;
    boolean gap = change.since() != Changes.UNSAID && change.since() > held.changeNumber();
    if (change.till() != Changes.UNSAID && newer && !gap) {
      segments.put(name, change.applyTo(held, change.till()));
    }
  }

  /** All definitions, with the segments they ask about. */
  Snapshot done() {
    List<Segment> used = new ArrayList<>();
    segments.forEach(
        (name, segment) -> {
          if (store.current().usesSegment(name)) {
            used.add(segment);
          }
        });
    store.apply(Change.segments(used));
    return store.current();
  }
}
