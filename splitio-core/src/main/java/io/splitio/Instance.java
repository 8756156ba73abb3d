package io.splitio;

import io.splitio.api.SdkHealth;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitManager;
import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.client.Answers;
import io.splitio.client.EvaluatingClient;
import io.splitio.client.FlagCatalog;
import io.splitio.client.Questions;
import io.splitio.client.Readiness;
import io.splitio.client.Recording;
import io.splitio.engine.Snapshot;
import io.splitio.record.ImpressionRecorder;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one SDK instance, made in order and closed in reverse. */
final class Instance implements EvaluatingClient.Lifecycle {
  private static final Logger log = LoggerFactory.getLogger("splitio");
  private static final Duration A_DAY = Duration.ofDays(1);

  private final SplitConfig config;
  private final String environment;
  private final Workers workers = new Workers();
  private final Telemetry telemetry = new Telemetry();
  private final SyncReport report;
  private final Readiness readiness;
  private final Backend backend;
  private final ImpressionRecorder impressions;
  private final SplitClient client;
  private final SplitManager manager;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private volatile @Nullable ShutdownHook hook; // written by start only

  private Instance(Connector connector, SplitConfig config, Clock clock) {
    this.config = config;
    this.environment = connector.environment();
    this.report = new SyncReport(clock);
    this.readiness = new Readiness(report, config.staleAfter(), clock, telemetry);
    Questions questions = new Questions(readiness, telemetry, config.flagSets());
    this.backend = connector.connect(services(questions, clock));
    this.impressions = Reporting.impressions(config, clock, telemetry, workers);
    Recording recording = new Recording(impressions, backend.sinks().events(), telemetry, clock);
    Answers answers = new Answers(questions, readiness, recording, config.fallbackTreatments());
    this.client = new EvaluatingClient(backend.source(), questions, answers, this);
    this.manager = new FlagCatalog(backend.source(), questions, readiness, config.readyTimeout());
  }

  /** Makes an instance and starts it in the background. */
  static Instance start(Connector connector, SplitConfig config) {
    Instance instance = new Instance(connector, config, Clock.systemUTC());
    FactoryCount.add(instance.environment);
    if (config.shutdownHook()) {
      instance.hook = ShutdownHook.install(instance::destroy);
    }
    CompletableFuture<Void> unused =
        instance.begin().whenComplete((done, failure) -> instance.started(failure));
    return instance;
  }

  /** Starts the source; a start that fails at once leaves nothing behind. */
  private CompletableFuture<Void> begin() {
    try {
      return backend.source().start();
    } catch (RuntimeException | Error failure) {
      destroy();
      throw failure;
    }
  }

  private Services services(Questions questions, Clock clock) {
    ChangeNotifier changes = new ChangeNotifier(config.flagChangeListeners(), workers.changes());
    return new Services(
        workers.scheduler(),
        clock,
        telemetry,
        report,
        changes,
        questions.flagSets(),
        config.dateUnit());
  }

  private void started(@Nullable Throwable failure) {
    if (failure == null) {
      readiness.becameReady();
    } else {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      report.failedForGood(String.valueOf(cause.getMessage()));
    }
  }

  SplitClient client() {
    return client;
  }

  SplitManager manager() {
    return manager;
  }

  Readiness readiness() {
    return readiness;
  }

  SdkHealth health() {
    SyncReport.Entry latest = report.latest();
    Snapshot held = backend.source().held();
    return new SdkHealth(
        readiness.status(),
        backend.mode(),
        latest.problem(),
        latest.fatal(),
        latest.lastSuccess(),
        held.flagCount(),
        held.segmentCount(),
        held.ruleBasedSegmentCount());
  }

  @Override
  public void blockUntilReady() throws TimeoutException, InterruptedException {
    readiness.await(config.readyTimeout());
  }

  /** Ends the instance within the configured time; a second caller returns at once. */
  @Override
  public void destroy() {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    Duration budget = config.shutdownTimeout();
    long deadline = System.nanoTime() + (budget.compareTo(A_DAY) < 0 ? budget : A_DAY).toNanos();
    guarded(readiness::destroy);
    guarded(() -> impressions.close(until(deadline)));
    guarded(() -> backend.source().close());
    guarded(() -> workers.close(until(deadline)));
    FactoryCount.remove(environment);
    ShutdownHook installed = hook;
    if (installed != null) {
      installed.remove();
    }
    ended.complete(null);
  }

  /** One part that cannot be closed does not keep the others open. */
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error failure) {
      log.warn("A part of the SDK could not be closed; the others are", failure);
    }
  }

  /** Ends the instance on a thread of its own; every caller's future completes at the end. */
  CompletableFuture<Void> destroyAsync() {
    new SdkThreads().forRole("destroy").newThread(this::destroy).start();
    return ended.copy();
  }

  private static Duration until(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }
}
