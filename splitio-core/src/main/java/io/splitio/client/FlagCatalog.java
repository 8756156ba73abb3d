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
  private final Questions questions;
  private final Readiness readiness;
  private final Duration readyTimeout;
  private final InputCheck ofSplits;
  private final InputCheck ofSplit;
  private final InputCheck ofSplitNames;
  private final AsyncSplitManager async = new Asynchronous();

  /** A manager over a source. */
  public FlagCatalog(
      Source source, Questions questions, Readiness readiness, Duration readyTimeout) {
    this.source = source;
    this.questions = questions;
    this.readiness = readiness;
    this.readyTimeout = readyTimeout;
    this.ofSplits = questions.check("splits");
    this.ofSplit = questions.check("split");
    this.ofSplitNames = questions.check("splitNames");
  }

  @Override
  public List<SplitView> splits() {
    return now(ofSplits, EVERYTHING, FlagCatalog::views, List.of());
  }

  @Override
  public @Nullable SplitView split(String flag) {
    String name = ofSplit.flagName(flag);
    return name == null
        ? null
        : now(ofSplit, one(name), snapshot -> view(snapshot, name), Optional.<SplitView>empty())
            .orElse(null);
  }

  @Override
  public List<String> splitNames() {
    return now(ofSplitNames, EVERYTHING, FlagCatalog::names, List.of());
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
  private final class Asynchronous implements AsyncSplitManager {
    @Override
    public CompletableFuture<List<SplitView>> splits() {
      return later(ofSplits, EVERYTHING, FlagCatalog::views, List.of());
    }

    @Override
    public CompletableFuture<Optional<SplitView>> split(String flag) {
      String name = ofSplit.flagName(flag);
      return name == null
          ? CompletableFuture.completedFuture(Optional.empty())
          : later(ofSplit, one(name), snapshot -> view(snapshot, name), Optional.empty());
    }

    @Override
    public CompletableFuture<List<String>> splitNames() {
      return later(ofSplitNames, EVERYTHING, FlagCatalog::names, List.of());
    }
  }

  private <T> T now(InputCheck check, Query query, Function<Snapshot, T> answer, T nothing) {
    if (isOver(check)) {
      return nothing;
    }
    try {
      return answer.apply(source.snapshot(query));
    } catch (Throwable cause) {
      return failed(check, cause, nothing);
    }
  }

  private <T> CompletableFuture<T> later(
      InputCheck check, Query query, Function<Snapshot, T> answer, T nothing) {
    if (isOver(check)) {
      return CompletableFuture.completedFuture(nothing);
    }
    try {
      return Later.answer(
          source.snapshotAsync(query), answer, cause -> failed(check, cause, nothing));
    } catch (Throwable cause) {
      return CompletableFuture.completedFuture(failed(check, cause, nothing));
    }
  }

  private boolean isOver(InputCheck check) {
    if (readiness.isDestroyed()) {
      check.tell(Trouble.DESTROYED, null, "no flags are shown");
      return true;
    }
    questions.noteReadiness(check, Trouble.FLAGS_MISSING, null);
    return false;
  }

  private <T> T failed(InputCheck check, Throwable cause, T nothing) {
    Failures.rethrowIfFatal(cause);
    check.failed(cause);
    return nothing;
  }

  private Optional<SplitView> view(Snapshot snapshot, String name) {
    FeatureFlag flag = snapshot.flag(name);
    if (flag == null && readiness.isReady()) {
      ofSplit.tell(Trouble.UNKNOWN_FLAG, name);
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
