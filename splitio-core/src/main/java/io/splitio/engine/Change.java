package io.splitio.engine;

import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.flag.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A step from one snapshot to the next. A definition that is put again, equal to the one that is
 * there, is no change.
 */
@FunctionalInterface
public interface Change {

  /** The snapshot after the change. */
  Snapshot applyTo(Snapshot before);

  /** This change and then another, as one step. */
  default Change and(Change next) {
    return before -> next.applyTo(applyTo(before));
  }

  /** Puts flags, removes others, and sets the version of the flags. */
  static Change flags(Collection<FeatureFlag> put, Collection<String> removed, long till) {
    return edit(
        editor -> {
          put.forEach(editor::put);
          removed.forEach(editor::removeFlag);
          editor.flagsTill(till);
        });
  }

  /** Makes the given flags the only ones, and sets their version. */
  static Change onlyFlags(Collection<FeatureFlag> flags, long till) {
    return before -> {
      Set<String> obsolete = new HashSet<>();
      before.forEachFlag(flag -> obsolete.add(flag.name()));
      flags.forEach(flag -> obsolete.remove(flag.name()));
      return flags(flags, obsolete, till).applyTo(before);
    };
  }

  /** Puts rule-based segments, removes others, and sets their version. */
  static Change ruleBasedSegments(
      Collection<RuleBasedSegment> put, Collection<String> removed, long till) {
    return edit(
        editor -> {
          put.forEach(editor::put);
          removed.forEach(editor::removeRuleBasedSegment);
          editor.ruleBasedTill(till);
        });
  }

  /** Makes the given rule-based segments the only ones, and sets their version. */
  static Change onlyRuleBasedSegments(Collection<RuleBasedSegment> segments, long till) {
    return before -> {
      Set<String> obsolete = new HashSet<>();
      before.forEachRuleBasedSegment(segment -> obsolete.add(segment.name()));
      segments.forEach(segment -> obsolete.remove(segment.name()));
      return ruleBasedSegments(segments, obsolete, till).applyTo(before);
    };
  }

  /** Makes the definitions of another snapshot the only ones; segments stay. */
  static Change definitionsOf(Snapshot other) {
    List<FeatureFlag> flags = new ArrayList<>();
    List<RuleBasedSegment> ruleBased = new ArrayList<>();
    other.forEachFlag(flags::add);
    other.forEachRuleBasedSegment(ruleBased::add);
    return onlyRuleBasedSegments(ruleBased, other.ruleBasedTill())
        .and(onlyFlags(flags, other.flagsTill()));
  }

  /** Makes all of another snapshot the only thing there is; what is equal stays as it is. */
  static Change everythingOf(Snapshot other) {
    List<Segment> segments = new ArrayList<>();
    other.forEachSegment(segments::add);
    return definitionsOf(other).and(onlySegments(segments));
  }

  /** Makes the given segments the only ones. */
  static Change onlySegments(Collection<Segment> segments) {
    return before -> {
      Set<String> obsolete = new HashSet<>();
      before.forEachSegment(segment -> obsolete.add(segment.name()));
      segments.forEach(segment -> obsolete.remove(segment.name()));
      return segments(segments).and(withoutSegments(obsolete)).applyTo(before);
    };
  }

  /** Puts segments. */
  static Change segments(Collection<Segment> put) {
    List<Segment> segments = new ArrayList<>(put);
    return edit(editor -> segments.forEach(editor::put));
  }

  /** Forgets segments. */
  static Change withoutSegments(Collection<String> removed) {
    List<String> names = new ArrayList<>(removed);
    return edit(editor -> names.forEach(editor::removeSegment));
  }

  /** Forgets the segments that no definition asks about: nobody keeps them up to date. */
  static Change withoutUnusedSegments() {
    return before -> {
      Set<String> unused = before.segmentsUnused();
      return unused.isEmpty() ? before : withoutSegments(unused).applyTo(before);
    };
  }

  private static Change edit(Consumer<Snapshot.Editor> edits) {
    return before -> {
      Snapshot.Editor editor = before.edit();
      edits.accept(editor);
      return editor.done();
    };
  }
}
