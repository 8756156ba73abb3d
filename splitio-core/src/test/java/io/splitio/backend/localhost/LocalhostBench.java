package io.splitio.backend.localhost;

import io.splitio.api.DateUnit;
import io.splitio.backend.Backend;
import io.splitio.backend.Services;
import io.splitio.backend.Source;
import io.splitio.backend.SyncReport;
import io.splitio.engine.Snapshot;
import io.splitio.flag.Condition;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Relation.Scope;
import io.splitio.flag.Segment;
import io.splitio.telemetry.Telemetry;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A started localhost backend, whose time a test moves. */
final class LocalhostBench implements AutoCloseable {
  static final Duration REFRESH = Duration.ofSeconds(5);

  final ManualScheduler scheduler = new ManualScheduler();
  final SyncReport report = new SyncReport(scheduler.clock());
  final List<Set<String>> changes = new ArrayList<>();
  final Backend backend;
  final CompletableFuture<Void> ready;
  private final Source source;

  LocalhostBench(LocalhostConnector connector) {
    this(connector, Set.of());
  }

  LocalhostBench(LocalhostConnector connector, Set<String> flagSets) {
    backend =
        connector.connect(
            new Services(
                scheduler,
                scheduler.clock(),
                new Telemetry(),
                report,
                (before, after) -> changes.add(after.flagsChangedSince(before)),
                flagSets,
                DateUnit.MILLISECONDS,
                role -> Thread::new,
                () -> new Services.Machine("java-0", null, null)));
    source = backend.source();
    ready = source.start();
  }

  CompletableFuture<Void> suspend() {
    return source.suspend();
  }

  void resume() {
    source.resume();
  }

  /** Lets the files be looked at until they count as written. */
  LocalhostBench settle() {
    scheduler.advance(LocalhostFeed.SETTLING.multipliedBy(2));
    return this;
  }

  /** Lets the next look happen, and whatever it makes necessary. */
  LocalhostBench refreshed() {
    scheduler.advance(REFRESH);
    return settle();
  }

  /** After {@link #settle}: lets exactly the first look of the next refresh happen. */
  void nextLook() {
    scheduler.advance(REFRESH.minus(LocalhostFeed.SETTLING));
  }

  Snapshot snapshot() {
    return source.held();
  }

  /** A flag that must be there. */
  FeatureFlag flag(String name) {
    return Objects.requireNonNull(snapshot().flag(name));
  }

  /** A segment that must be there. */
  Segment segment(String name) {
    return Objects.requireNonNull(snapshot().segment(name));
  }

  /** What a key gets; nothing here depends on other definitions. */
  String treatment(String key, String flag) {
    FeatureFlag compiled = snapshot().flag(flag);
    if (compiled == null) {
      return "unknown";
    }
    for (Condition condition : compiled.conditions()) {
      if (condition.matches(key, key, Map.of(), new NoScope())) {
        return condition.rollout().pick(key, Map.of()).treatment();
      }
    }
    return compiled.defaultTreatment();
  }

  String problem() {
    return Objects.requireNonNullElse(report.latest().problem(), "none");
  }

  @Override
  public void close() {
    source.close();
  }

  /** Nothing else is known. */
  static final class NoScope implements Scope {
    @Override
    public boolean inSegment(String segment, String key) {
      return false;
    }

    @Override
    public boolean inRuleBasedSegment(
        String segment, String key, String bucketingKey, Map<String, Object> attributes) {
      return false;
    }

    @Override
    public String treatment(
        String flag, String key, String bucketingKey, Map<String, Object> attributes) {
      return "control";
    }
  }
}
