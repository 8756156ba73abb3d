package io.splitio.backend.split;

import io.splitio.backend.Lane;
import io.splitio.backend.split.keep.Awaited;
import io.splitio.backend.split.keep.Keeper;
import io.splitio.backend.split.stream.Inflated;
import io.splitio.backend.split.stream.Notification;
import io.splitio.codec.Changes.Section;
import io.splitio.codec.ChangesReader;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.Dependencies;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.telemetry.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows notifications of changes: applies definitions that come along, and fetches what does not
 * (protocol specification 6.6 to 6.8). For one lane.
 */
final class Updates {
  private static final Duration DEBOUNCE = Duration.ofSeconds(1);

  private final Lane lane;
  private final Pace pace = new Pace(System::nanoTime);
  private final SnapshotStore store;
  private final ChangesReader reader;
  private final Pages pages;
  private final FlagSync flags;
  private final SegmentSync segments;
  private final Telemetry telemetry;
  private final Awaited awaited;
  private final @Nullable Keeper keeper;
  private final Map<String, SegmentQuarry> segmentQuarries = new HashMap<>();
  private @Nullable DefinitionQuarry definitions;
  private @Nullable EverythingQuarry everything;
  private @Nullable Future<?> debounce;
  private boolean active;

  /**
   * The parts it works with.
   *
   * @param reader reads definitions
   * @param pages puts them in force
   * @param flags fetches definitions
   * @param segments fetches segments
   * @param telemetry counts what was applied without fetching
   * @param awaited holds a definition back until a segment is there that it asks about
   * @param keeper keeps what was applied, or null
   */
  record Parts(
      ChangesReader reader,
      Pages pages,
      FlagSync flags,
      SegmentSync segments,
      Telemetry telemetry,
      Awaited awaited,
      @Nullable Keeper keeper) {}

  Updates(Lane lane, SnapshotStore store, Parts parts) {
    this.lane = lane;
    this.store = store;
    this.reader = parts.reader;
    this.pages = parts.pages;
    this.flags = parts.flags;
    this.segments = parts.segments;
    this.telemetry = parts.telemetry;
    this.awaited = parts.awaited;
    this.keeper = parts.keeper;
  }

  /** Follows notifications from now on. */
  void start() {
    active = true;
  }

  /** Ignores notifications, and stops fetching because of earlier ones. */
  void stop() {
    active = false;
    awaited.end();
    if (definitions != null) {
      definitions.pursuit.stop();
      definitions = null;
    }
    if (everything != null) {
      everything.pursuit.stop();
      everything = null;
    }
    if (debounce != null) {
      debounce.cancel(false);
      debounce = null;
    }
    segmentQuarries.values().forEach(quarry -> quarry.pursuit.stop());
    segmentQuarries.clear();
  }

  /** Follows one notification. */
  void follow(Notification told) {
    if (!active) {
      return;
    }
    pace.count();
    if (told instanceof Notification.Flags flagUpdate) {
      flags(flagUpdate);
    } else if (told instanceof Notification.RuleBasedSegments segmentUpdate) {
      ruleBasedSegments(segmentUpdate);
    } else if (told instanceof Notification.Kill kill) {
      kill(kill);
    } else if (told instanceof Notification.Segment segmentUpdate) {
      segment(segmentUpdate);
    } else if (told instanceof Notification.Garbled) {
      something();
    }
  }

  private void flags(Notification.Flags told) {
    if (told.changeNumber() <= store.current().flagsTill()) {
      return;
    }
    byte[] document = following(told.definition(), store.current().flagsTill());
    Section<FeatureFlag> inline = document == null ? null : flagOf(document);
    if (document != null && inline != null) {
      Set<String> missing = missing(inline, FeatureFlag::dependencies);
      awaited.begin(missing);
      pages.apply(inline, told.changeNumber());
      keep(keeper -> keeper.flag(document, told.changeNumber()));
      telemetry.inlineUpdate();
      fetch(missing);
    } else {
      pursue(told.changeNumber(), Fetch.NONE);
    }
  }

  private void ruleBasedSegments(Notification.RuleBasedSegments told) {
    if (told.changeNumber() <= store.current().ruleBasedTill()) {
      return;
    }
    byte[] document = following(told.definition(), store.current().ruleBasedTill());
    Section<RuleBasedSegment> inline = document == null ? null : ruleBasedSegmentOf(document);
    if (document != null && inline != null) {
      Set<String> missing = missing(inline, RuleBasedSegment::dependencies);
      awaited.begin(missing);
      pages.applyRuleBased(inline, told.changeNumber());
      keep(keeper -> keeper.ruleBasedSegment(document, told.changeNumber()));
      fetch(missing);
    } else {
      pursue(Fetch.NONE, told.changeNumber());
    }
  }

  /** Applied at once, then fetched: what else changed up to the kill is not known. */
  private void kill(Notification.Kill told) {
    awaited.end(); // what is killed does not wait for anything
    if (told.changeNumber() <= store.current().flagsTill()) {
      return;
    }
    pages.kill(told);
    if (store.current().flag(told.flag()) != null) {
      keep(keeper -> keeper.kill(told.flag(), told.treatment(), told.changeNumber()));
    }
    pursue(told.changeNumber(), Fetch.NONE);
  }

  /** The segments that definitions ask about, and that nobody has asked for yet. */
  private <T> Set<String> missing(Section<T> section, Function<T, Dependencies> dependencies) {
    Set<String> missing = new HashSet<>();
    section.active().forEach(one -> missing.addAll(dependencies.apply(one).segments()));
    missing.removeAll(segmentQuarries.keySet());
    missing.removeIf(name -> store.current().segment(name) != null);
    return missing;
  }

  /** Fetches what is missing; a definition that is not in force after all needs nothing. */
  private void fetch(Set<String> missing) {
    fetchMissingSegments();
    missing.stream().filter(name -> !segmentQuarries.containsKey(name)).forEach(awaited::arrived);
  }

  private void segment(Notification.Segment told) {
    Snapshot held = store.current();
    io.splitio.flag.Segment segment = held.segment(told.name());
    boolean known = segment != null && told.changeNumber() <= segment.changeNumber();
    if (!known && held.usesSegment(told.name())) {
      pursueSegment(told.name(), told.changeNumber());
    }
  }

  /** Something was said, and nobody knows what: fetches whatever there is, soon and once. */
  private void something() {
    if (debounce == null) {
      debounce = lane.after(DEBOUNCE, this::anything);
    }
  }

  private void anything() {
    debounce = null;
    if (active) {
      if (everything == null) {
        everything = new EverythingQuarry();
      }
      everything.wanted++;
      everything.pursuit.start();
    }
  }

  /** Fetches the segments that definitions ask about and that were never fetched. */
  void fetchMissingSegments() {
    Snapshot held = store.current();
    for (String name : held.segmentsMissing()) {
      if (!segmentQuarries.containsKey(name)) { // else it is on its way, at its own pace
        pursueSegment(name, Fetch.NONE);
      }
    }
  }

  private void pursue(long flagsTill, long ruleBasedTill) {
    if (definitions == null) {
      definitions = new DefinitionQuarry();
    }
    definitions.flagsTill = Math.max(definitions.flagsTill, flagsTill);
    definitions.ruleBasedTill = Math.max(definitions.ruleBasedTill, ruleBasedTill);
    definitions.pursuit.start();
  }

  private void pursueSegment(String name, long till) {
    SegmentQuarry quarry = segmentQuarries.computeIfAbsent(name, SegmentQuarry::new);
    quarry.till = Math.max(quarry.till, till);
    quarry.pursuit.start();
  }

  private void keep(Consumer<Keeper> document) {
    if (keeper != null) {
      document.accept(keeper);
    }
  }

  /** A definition that came along, if it follows what is there and can be unpacked. */
  private static byte @Nullable [] following(
      Notification.@Nullable Definition definition, long held) {
    return definition == null || definition.previous() != held
        ? null
        : Inflated.definition(definition);
  }

  private @Nullable Section<FeatureFlag> flagOf(byte[] document) {
    return usable(
        document, reader::readFlag, flag -> knowsAll(flag.dependencies().ruleBasedSegments()));
  }

  private @Nullable Section<RuleBasedSegment> ruleBasedSegmentOf(byte[] document) {
    return usable(
        document,
        reader::readRuleBasedSegment,
        segment -> knowsAll(segment.dependencies().ruleBasedSegments()));
  }

  /** A definition that can be read and leads to nothing unknown. */
  private static <T> @Nullable Section<T> usable(
      byte[] document, DefinitionReader<T> read, Predicate<T> complete) {
    try {
      Section<T> section = read.section(document);
      boolean usable = section.rejected().isEmpty() && section.active().stream().allMatch(complete);
      return usable ? section : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Reads one definition. */
  @FunctionalInterface
  private interface DefinitionReader<T> {
    Section<T> section(byte[] document) throws IOException;
  }

  private boolean knowsAll(Set<String> ruleBasedSegments) {
    Snapshot held = store.current();
    return ruleBasedSegments.stream().allMatch(name -> held.ruleBasedSegment(name) != null);
  }

  /** Versions of definitions that were announced. */
  private final class DefinitionQuarry implements Pursuit.Quarry {
    private final Pursuit pursuit = new Pursuit(lane, pace, this);
    private long flagsTill = Fetch.NONE;
    private long ruleBasedTill = Fetch.NONE;

    @Override
    public boolean caught() {
      Snapshot held = store.current();
      return flagsTill <= held.flagsTill()
          && (ruleBasedTill <= held.ruleBasedTill() || flags.lacksRuleBasedSegments());
    }

    @Override
    public CompletableFuture<Synced> fetch(boolean bypassCaches) {
      boolean flagsMissing = flagsTill > store.current().flagsTill();
      return flags.fetch(
          bypassCaches ? Fetch.bypassing(flagsMissing ? flagsTill : ruleBasedTill) : Fetch.FRESH);
    }

    @Override
    public void over() {
      if (definitions == this) {
        definitions = null;
      }
      fetchMissingSegments();
    }
  }

  /** Whatever there is. */
  private final class EverythingQuarry implements Pursuit.Quarry {
    private final Pursuit pursuit = new Pursuit(lane, pace, this);
    private int wanted;
    private int got;

    @Override
    public boolean caught() {
      return got == wanted;
    }

    @Override
    public CompletableFuture<Synced> fetch(boolean bypassCaches) {
      int asked = wanted;
      return flags
          .fetch(Fetch.FRESH)
          .thenCompose(synced -> synced.then(() -> segments.fetchAll(Fetch.FRESH)))
          .thenApply(
              synced -> {
                got = synced.ok() ? asked : got;
                return synced;
              });
    }

    @Override
    public void over() {
      if (everything == this) {
        everything = null;
      }
    }
  }

  /** A segment that changed, or was never fetched. */
  private final class SegmentQuarry implements Pursuit.Quarry {
    private final Pursuit pursuit = new Pursuit(lane, pace, this);
    private final String name;
    private long till = Fetch.NONE;

    private SegmentQuarry(String name) {
      this.name = name;
    }

    @Override
    public boolean caught() {
      Snapshot now = store.current();
      io.splitio.flag.Segment held = now.segment(name);
      return !now.usesSegment(name) || (held != null && till <= held.changeNumber());
    }

    @Override
    public CompletableFuture<Synced> fetch(boolean bypassCaches) {
      boolean announced = till != Fetch.NONE;
      return segments.fetch(name, bypassCaches && announced ? Fetch.bypassing(till) : Fetch.FRESH);
    }

    @Override
    public void over() {
      segmentQuarries.remove(name, this);
      awaited.arrived(name);
    }
  }
}
