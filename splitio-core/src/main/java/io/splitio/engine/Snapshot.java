package io.splitio.engine;

import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.flag.Segment;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A consistent, immutable set of definitions. One evaluation sees one snapshot, from end to end.
 *
 * <p>A changed copy shares what did not change; the indexes (flags by set, traffic types, segments
 * in use) follow from the flags at each change.
 */
public final class Snapshot {
  /** No definitions, of no version. */
  public static final Snapshot EMPTY =
      new Snapshot(
          new Definitions(TrieMap.empty(), TrieMap.empty(), TrieMap.empty()),
          Indexes.EMPTY,
          -1,
          -1,
          null);

  private final Definitions definitions;
  private final Indexes indexes;
  private final long flagsTill;
  private final long ruleBasedTill;
  private final @Nullable Gathered gathered;

  private Snapshot(
      Definitions definitions,
      Indexes indexes,
      long flagsTill,
      long ruleBasedTill,
      @Nullable Gathered gathered) {
    this.definitions = definitions;
    this.indexes = indexes;
    this.flagsTill = flagsTill;
    this.ruleBasedTill = ruleBasedTill;
    this.gathered = gathered;
  }

  /** These definitions, with what was gathered for one question in the place of their segments. */
  public Snapshot with(Gathered forOneQuestion) {
    return new Snapshot(definitions, indexes, flagsTill, ruleBasedTill, forOneQuestion);
  }

  /** What was delivered. */
  private record Definitions(
      TrieMap<FeatureFlag> flags, TrieMap<RuleBasedSegment> ruleBased, TrieMap<Segment> segments) {}

  /** What follows from it: the flags of each set, and how often each name is used. */
  private record Indexes(
      TrieMap<TrieMap<FeatureFlag>> flagsBySet,
      TrieMap<Integer> trafficTypes,
      TrieMap<Integer> segmentUses) {
    private static final Indexes EMPTY =
        new Indexes(TrieMap.empty(), TrieMap.empty(), TrieMap.empty());
  }

  /**
   * The flag of that name, or null.
   *
   * @throws UnavailableException when it could not be found out whether there is one
   */
  public @Nullable FeatureFlag flag(String name) {
    FeatureFlag flag = definitions.flags.get(name);
    if (flag == null && gathered != null) {
      gathered.confirmNoFlag(name);
    }
    return flag;
  }

  /**
   * The rule-based segment of that name, or null.
   *
   * @throws UnavailableException when it could not be found out whether there is one
   */
  public @Nullable RuleBasedSegment ruleBasedSegment(String name) {
    RuleBasedSegment segment = definitions.ruleBased.get(name);
    if (segment == null && gathered != null) {
      gathered.confirmNoRuleBasedSegment(name);
    }
    return segment;
  }

  /** The segment of that name, or null. */
  public @Nullable Segment segment(String name) {
    return definitions.segments.get(name);
  }

  /**
   * Whether a key is in a segment; one that is not known has no members.
   *
   * @throws UnavailableException when it could not be found out
   */
  public boolean inSegment(String name, String key) {
    if (gathered != null) {
      return gathered.inSegment(name, key);
    }
    Segment segment = definitions.segments.get(name);
    return segment != null && segment.contains(key);
  }

  /** Hands over every flag, in no particular order. */
  public void forEachFlag(Consumer<FeatureFlag> action) {
    definitions.flags.forEach((name, flag) -> action.accept(flag));
  }

  /**
   * The names of the flags in a set, sorted; not to be changed.
   *
   * @throws UnavailableException when they could not be found out
   */
  public Set<String> flagsIn(String flagSet) {
    if (gathered != null) {
      return new TreeSet<>(gathered.flagsIn(flagSet));
    }
    TrieMap<FeatureFlag> flags = indexes.flagsBySet.get(flagSet);
    return flags == null ? Set.of() : flags.sortedKeys();
  }

  /** Whether any flag is for this traffic type. */
  public boolean hasTrafficType(String trafficType) {
    return indexes.trafficTypes.get(trafficType) != null;
  }

  /** The names of the segments that flags and rule-based segments ask about, sorted. */
  public Set<String> segmentsInUse() {
    Set<String> names = new TreeSet<>();
    indexes.segmentUses.forEach((name, uses) -> names.add(name));
    return names;
  }

  /** Whether flags or rule-based segments ask about a segment. */
  public boolean usesSegment(String name) {
    return indexes.segmentUses.get(name) != null;
  }

  /** The names of the segments in use that were not delivered yet. */
  public Set<String> segmentsMissing() {
    Set<String> names = new TreeSet<>();
    indexes.segmentUses.forEach(
        (name, uses) -> {
          if (definitions.segments.get(name) == null) {
            names.add(name);
          }
        });
    return names;
  }

  /** The names of the segments that are there though nothing asks about them. */
  Set<String> segmentsUnused() {
    Set<String> names = new HashSet<>();
    definitions.segments.forEach(
        (name, segment) -> {
          if (!usesSegment(name)) {
            names.add(name);
          }
        });
    return names;
  }

  /** How many flags there are. */
  public int flagCount() {
    return definitions.flags.size();
  }

  /** How many segments there are. */
  public int segmentCount() {
    return definitions.segments.size();
  }

  /** How many keys all segments have together. Takes a look at each segment. */
  public long segmentKeyCount() {
    long[] keys = {0};
    definitions.segments.forEach((name, segment) -> keys[0] += segment.size());
    return keys[0];
  }

  /** How many rule-based segments there are. */
  public int ruleBasedSegmentCount() {
    return definitions.ruleBased.size();
  }

  /** The version of the flags, -1 for none. */
  public long flagsTill() {
    return flagsTill;
  }

  /** The version of the rule-based segments, -1 for none. */
  public long ruleBasedTill() {
    return ruleBasedTill;
  }

  /**
   * The flags that decide differently from the given snapshot, or may do so because of what they
   * depend on.
   */
  public Set<String> flagsChangedSince(Snapshot before) {
    Set<String> flags = new HashSet<>();
    Set<String> ruleBased = new HashSet<>();
    Set<String> segments = new HashSet<>();
    definitions.flags.forEachDifference(before.definitions.flags, flags::add);
    definitions.ruleBased.forEachDifference(before.definitions.ruleBased, ruleBased::add);
    definitions.segments.forEachDifference(before.definitions.segments, segments::add);
    new Dependents(this, flags, ruleBased, segments).complete();
    return flags;
  }

  void forEachSegment(Consumer<Segment> action) {
    definitions.segments.forEach((name, segment) -> action.accept(segment));
  }

  void forEachRuleBasedSegment(Consumer<RuleBasedSegment> action) {
    definitions.ruleBased.forEach((name, segment) -> action.accept(segment));
  }

  /** A step from this snapshot to the next: collects changes, then makes the snapshot in one go. */
  Editor edit() {
    return new Editor(this);
  }

  /** Used by one thread, and once. */
  static final class Editor {
    private final Snapshot before;
    private TrieMap<FeatureFlag> flags;
    private TrieMap<RuleBasedSegment> ruleBased;
    private TrieMap<Segment> segments;
    private TrieMap<TrieMap<FeatureFlag>> flagsBySet;
    private TrieMap<Integer> trafficTypes;
    private TrieMap<Integer> segmentUses;
    private long flagsTill;
    private long ruleBasedTill;

    private Editor(Snapshot before) {
      this.before = before;
      flags = before.definitions.flags;
      ruleBased = before.definitions.ruleBased;
      segments = before.definitions.segments;
      flagsBySet = before.indexes.flagsBySet;
      trafficTypes = before.indexes.trafficTypes;
      segmentUses = before.indexes.segmentUses;
      flagsTill = before.flagsTill;
      ruleBasedTill = before.ruleBasedTill;
    }

    /**
     * Stores a flag, unless an equal one is there: then the instance stays, and nothing has
     * changed.
     */
    void put(FeatureFlag flag) {
      FeatureFlag present = flags.get(flag.name());
      if (flag.equals(present)) {
        return;
      }
      if (present != null) {
        unlink(present);
      }
      flags = flags.with(flag.name(), flag);
      link(flag);
    }

    void removeFlag(String name) {
      FeatureFlag present = flags.get(name);
      if (present != null) {
        unlink(present);
        flags = flags.without(name);
      }
    }

    void put(RuleBasedSegment segment) {
      RuleBasedSegment present = ruleBased.get(segment.name());
      if (segment.equals(present)) {
        return;
      }
      removeRuleBasedSegment(segment.name());
      ruleBased = ruleBased.with(segment.name(), segment);
      segment
          .dependencies()
          .segments()
          .forEach(name -> segmentUses = counted(segmentUses, name, 1));
    }

    void removeRuleBasedSegment(String name) {
      RuleBasedSegment present = ruleBased.get(name);
      if (present != null) {
        present
            .dependencies()
            .segments()
            .forEach(used -> segmentUses = counted(segmentUses, used, -1));
        ruleBased = ruleBased.without(name);
      }
    }

    void put(Segment segment) {
      if (!segment.equals(segments.get(segment.name()))) {
        segments = segments.with(segment.name(), segment);
      }
    }

    void removeSegment(String name) {
      segments = segments.without(name);
    }

    void flagsTill(long till) {
      flagsTill = till;
    }

    void ruleBasedTill(long till) {
      ruleBasedTill = till;
    }

    Snapshot done() {
      boolean same =
          flags == before.definitions.flags
              && ruleBased == before.definitions.ruleBased
              && segments == before.definitions.segments
              && flagsTill == before.flagsTill
              && ruleBasedTill == before.ruleBasedTill;
      return same
          ? before
          : new Snapshot(
              new Definitions(flags, ruleBased, segments),
              new Indexes(flagsBySet, trafficTypes, segmentUses),
              flagsTill,
              ruleBasedTill,
              before.gathered);
    }

    private void link(FeatureFlag flag) {
      for (String set : flag.sets()) {
        TrieMap<FeatureFlag> members = flagsBySet.get(set);
        flagsBySet =
            flagsBySet.with(
                set,
                (members == null ? TrieMap.<FeatureFlag>empty() : members).with(flag.name(), flag));
      }
      if (flag.trafficType() != null) {
        trafficTypes = counted(trafficTypes, flag.trafficType(), 1);
      }
      flag.dependencies().segments().forEach(name -> segmentUses = counted(segmentUses, name, 1));
    }

    private void unlink(FeatureFlag flag) {
      for (String set : flag.sets()) {
        TrieMap<FeatureFlag> members = flagsBySet.get(set);
        TrieMap<FeatureFlag> rest =
            members == null ? TrieMap.empty() : members.without(flag.name());
        flagsBySet = rest.size() == 0 ? flagsBySet.without(set) : flagsBySet.with(set, rest);
      }
      if (flag.trafficType() != null) {
        trafficTypes = counted(trafficTypes, flag.trafficType(), -1);
      }
      flag.dependencies().segments().forEach(name -> segmentUses = counted(segmentUses, name, -1));
    }

    private static TrieMap<Integer> counted(TrieMap<Integer> counts, String name, int more) {
      Integer present = counts.get(name);
      int next = (present == null ? 0 : present) + more;
      return next <= 0 ? counts.without(name) : counts.with(name, next);
    }
  }
}
