package io.splitio.client;

import io.splitio.api.AsyncSplitManager;
import io.splitio.api.Evaluation;
import io.splitio.api.SplitManager;
import io.splitio.api.SplitView;
import io.splitio.backend.Source;
import io.splitio.engine.Failures;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import io.splitio.flag.Condition;
import io.splitio.flag.FeatureFlag;
import io.splitio.log.LogSafe;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The manager: shows the flags of the source. */
public final class FlagCatalog implements SplitManager {
  private static final Query EVERYTHING = new Query("", List.of(), List.of(), true);

  private final Source source;
  private final Readiness readiness;
  private final Telemetry telemetry;
  private final InputCheck check = new InputCheck(Set.of());
  private final Duration readyTimeout;
  private final AsyncSplitManager async = new Later();

  /** A manager over a source. */
  public FlagCatalog(
      Source source, Readiness readiness, Telemetry telemetry, Duration readyTimeout) {
    this.source = source;
    this.readiness = readiness;
    this.telemetry = telemetry;
    this.readyTimeout = readyTimeout;
  }

  @Override
  public List<SplitView> splits() {
    return now("splits", EVERYTHING, FlagCatalog::views, List.of());
  }

  @Override
  public @Nullable SplitView split(String flag) {
    String name = check.flagName("split", flag);
    return name == null
        ? null
        : now("split", one(name), snapshot -> view(snapshot, name), Optional.<SplitView>empty())
            .orElse(null);
  }

  @Override
  public List<String> splitNames() {
    return now("splitNames", EVERYTHING, FlagCatalog::names, List.of());
  }

  @Override
  public void blockUntilReady() throws TimeoutException, InterruptedException {
    readiness.await(readyTimeout);
  }

  @Override
  public AsyncSplitManager async() {
    return async;
  }

  /** The same, later. */
  private final class Later implements AsyncSplitManager {
    @Override
    public CompletableFuture<List<SplitView>> splits() {
      return later("splits", EVERYTHING, FlagCatalog::views, List.of());
    }

    @Override
    public CompletableFuture<Optional<SplitView>> split(String flag) {
      String name = check.flagName("split", flag);
      return name == null
          ? CompletableFuture.completedFuture(Optional.empty())
          : later("split", one(name), snapshot -> view(snapshot, name), Optional.empty());
    }

    @Override
    public CompletableFuture<List<String>> splitNames() {
      return later("splitNames", EVERYTHING, FlagCatalog::names, List.of());
    }
  }

  private <T> T now(String method, Query query, Function<Snapshot, T> answer, T nothing) {
    if (isOver(method)) {
      return nothing;
    }
    try {
      return answer.apply(source.snapshot(query));
    } catch (Throwable cause) {
      return failed(method, cause, nothing);
    }
  }

  private <T> CompletableFuture<T> later(
      String method, Query query, Function<Snapshot, T> answer, T nothing) {
    if (isOver(method)) {
      return CompletableFuture.completedFuture(nothing);
    }
    try {
      return source
          .snapshotAsync(query)
          .thenApply(answer)
          .exceptionally(cause -> failed(method, cause, nothing));
    } catch (Throwable cause) {
      return CompletableFuture.completedFuture(failed(method, cause, nothing));
    }
  }

  private boolean isOver(String method) {
    if (readiness.isDestroyed()) {
      check.error(method, "the SDK is destroyed; no flags are shown");
      return true;
    }
    if (!readiness.isReady()) {
      telemetry.count(Counter.NOT_READY_USES);
      check.warn(method, "the SDK is not ready; flags may be missing. Wait with blockUntilReady()");
    }
    return false;
  }

  private <T> T failed(String method, Throwable cause, T nothing) {
    Failures.rethrowIfFatal(cause);
    check.error(method, "flags cannot be shown: " + LogSafe.quote(String.valueOf(cause)));
    return nothing;
  }

  private Optional<SplitView> view(Snapshot snapshot, String name) {
    FeatureFlag flag = snapshot.flag(name);
    if (flag == null && readiness.isReady()) {
      check.warn("split", "flag " + LogSafe.quote(name) + " does not exist in this environment");
    }
    return Optional.ofNullable(flag).map(FlagCatalog::view);
  }

  private static Query one(String name) {
    return new Query("", List.of(name), List.of(), false);
  }

  private static List<SplitView> views(Snapshot snapshot) {
    List<SplitView> views = new ArrayList<>(snapshot.flagCount());
    snapshot.forEachFlag(flag -> views.add(view(flag)));
    return views;
  }

  private static List<String> names(Snapshot snapshot) {
    List<String> names = new ArrayList<>(snapshot.flagCount());
    snapshot.forEachFlag(flag -> names.add(flag.name()));
    return names;
  }

  private static SplitView view(FeatureFlag flag) {
    return new SplitView(
        flag.name(),
        flag.trafficType(),
        flag.killed(),
        treatments(flag),
        flag.changeNumber(),
        flag.configs(),
        flag.sets(),
        flag.defaultTreatment(),
        flag.impressionsDisabled(),
        flag.prerequisites().stream()
            .map(required -> new SplitView.Prerequisite(required.flag(), required.treatments()))
            .toList());
  }

  private static List<String> treatments(FeatureFlag flag) {
    Set<String> treatments = new LinkedHashSet<>();
    for (Condition condition : flag.conditions()) {
      for (Evaluation outcome : condition.rollout().outcomes()) {
        treatments.add(outcome.treatment());
      }
    }
    treatments.remove(flag.defaultTreatment());
    treatments.add(flag.defaultTreatment());
    return List.copyOf(treatments);
  }
}
