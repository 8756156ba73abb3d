package io.splitio;

import io.splitio.api.SdkHealth;
import io.splitio.api.SdkStatus;
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
import io.splitio.record.Recorder;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.TimeOfDay;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The parts of one SDK instance, made in order and closed in reverse. */
final class Instance implements EvaluatingClient.Lifecycle {
  private final SplitConfig config;
  private final Pausing pausing;
  private final Ending ending;
  private final Telemetry telemetry = new Telemetry();
  private final SyncReport report;
  private final Readiness readiness;
  private final Backend backend;
  private final Recorder recorder;
  private final SplitClient client;
  private final SplitManager manager;
  private final Answers answers;
  private final InstanceSurroundings surroundings;

  private Instance(
      Connector connector, SplitConfig config, Clock clock, Workers workers, Ending ending) {
    this.config = config;
    this.ending = ending;
    this.report = new SyncReport(clock);
    this.readiness = new Readiness(report, config.staleAfter(), clock, telemetry);
    report.whenFatal(problem -> readiness.failed(problem, null));
    report.whenInVain(readiness::inVain);
    report.whenWishedFor(readiness.verdict());
    Questions questions = new Questions(readiness, telemetry, config.flagSets());
    Recorder.Settings recording = Reporting.settings(config); // checked before anything is opened
    ChangeNotifier changes = new ChangeNotifier(config.flagChangeListeners(), workers.changes());
    Backend made = connector.connect(services(questions, clock, workers, changes));
    if (made == null) {
      throw new NullPointerException("the connector made no backend");
    }
    this.backend = made;
    if (!made.source().namesAreSplits()) {
      questions.allowAnyFlagName();
    }
    ending.first(left -> made.sinks().close(left));
    int flagSets = questions.flagSets().size();
    Reporting facts = new Reporting(config, telemetry, made.source(), flagSets, System.nanoTime());
    this.recorder = recorder(made, recording, tools(workers, clock, facts));
    FinalAccounts accounts = new FinalAccounts(config.lossListeners(), workers.forRole("loss"));
    ending.first(left -> accounts.tell(recorder.finalAccounts(), left));
    ending.first(left -> recorder.close(accounts.before(left)));
    // before the last delivery, which tells of it and needs most of the time
    ending.first(left -> made.source().close(left.dividedBy(4).plusNanos(1)));
    Recording books = books(TimeOfDay.of(clock));
    this.answers =
        new Answers(questions, readiness, books, config.fallbackTreatments(), made.source());
    this.client = new EvaluatingClient(made.source(), questions, answers, this);
    this.manager = new FlagCatalog(made.source(), questions, readiness, config.readyTimeout());
    this.surroundings = new InstanceSurroundings(recorder, changes, workers.changes());
    this.pausing = new Pausing(config, made, recorder, workers, readiness);
    ending.first(left -> pausing.end());
    ending.first(left -> readiness.destroy());
  }

  /** Makes an instance and starts it in the background; one that fails leaves nothing behind. */
  static Instance start(
      Connector connector, SplitConfig config, UnaryOperator<ScheduledExecutorService> pace) {
    Workers workers = new Workers(config.threadFactory(), pace);
    Ending ending = new Ending(config.shutdownTimeout(), workers::own);
    try {
      FactoryCount.Entry entry = FactoryCount.add(connector);
      ending.first(left -> entry.remove());
      if (config.shutdownHook()) {
        ShutdownHook hook = ShutdownHook.install(ending::run);
        ending.first(left -> hook.remove());
      }
      ending.first(workers::close);
      Instance instance = new Instance(connector, config, Clock.systemUTC(), workers, ending);
      instance.begin();
      return instance;
    } catch (RuntimeException | Error failure) {
      ending.run();
      throw failure;
    }
  }

  /** Nobody else closes the source yet: that comes after the recorder, to be done before it. */
  private static Recorder recorder(Backend made, Recorder.Settings settings, Recorder.Tools tools) {
    try {
      return new Recorder(settings, made.sinks(), tools);
    } catch (RuntimeException | Error failure) {
      made.source().close();
      throw failure;
    }
  }

  private Recording books(TimeOfDay time) {
    return new Recording(
        recorder.impressions(), recorder.events(), telemetry, time, recorder.reports());
  }

  private void begin() {
    report.whenOver(this::over);
    CompletableFuture<Void> started =
        config.startSuspended() ? backend.source().load() : backend.source().start();
    CompletableFuture<Void> unused = started.whenComplete((done, failure) -> started(failure));
  }

  private Recorder.Tools tools(Workers workers, Clock clock, Reporting facts) {
    return new Recorder.Tools(
        workers.scheduler(),
        clock,
        telemetry,
        workers.forRole("listener"),
        TwoRegimes::pause,
        facts);
  }

  private Services services(
      Questions questions, Clock clock, Workers workers, ChangeNotifier changes) {
    return new Services(
        workers.scheduler(),
        clock,
        telemetry,
        report,
        changes,
        questions.flagSets(),
        config.dateUnit(),
        workers::forRole,
        new MachineOf(config));
  }

  /** Whoever says so may hold a lock: nothing here calls the application, as for a thread. */
  private void over() {
    if (config.startSuspended()) {
      readiness.loaded();
      return;
    }
    recorder.prepare(); // first, as it is started first
    readiness.becameReady();
  }

  private void started(@Nullable Throwable failure) {
    if (failure == null && config.startSuspended()) {
      readiness.loaded();
      new SdkThreads(config.threadFactory()).forRole("suspend").newThread(this::rest).start();
    } else if (failure == null) {
      recorder.start(); // first, so that the first impressions meet the memory of those before
      readiness.becameReady();
    } else {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      readiness.failed(String.valueOf(cause.getMessage()), cause);
      report.failedForGood(String.valueOf(cause.getMessage()));
    }
  }

  /** Ready is who rests: nothing runs any more when those who wait go on, and nothing was sent. */
  private void rest() {
    pausing.loaded();
    recorder.start();
    readiness.becameReady();
  }

  /** Leaves no socket, thread or timer behind; definitions stay, and are evaluated. */
  void suspend() {
    pausing.suspend();
  }

  /** Goes on after suspend. */
  void resume() {
    pausing.resume();
  }

  void retryNow() {
    if (readiness.status() == SdkStatus.SUSPENDED) {
      return; // not even a thread for a moment
    }
    backend.source().retryNow();
    recorder.retryNow();
  }

  Recorder.Accounts accounts() {
    return recorder.accounts();
  }

  SplitClient client() {
    return client;
  }

  SplitManager manager() {
    return manager;
  }

  Answers answers() {
    return answers;
  }

  InstanceSurroundings surroundings() {
    return surroundings;
  }

  Backend backend() {
    return backend;
  }

  Readiness readiness() {
    return readiness;
  }

  SdkHealth health() {
    SyncReport.Entry latest = report.latest();
    Snapshot held = backend.source().held();
    Recorder.Accounts accounts = recorder.accounts();
    return new SdkHealth(
        readiness.status(),
        backend.mode(),
        latest.problem(),
        latest.fatal(),
        report.streaming(),
        latest.lastSuccess(),
        held.flagCount(),
        held.segmentCount(),
        held.ruleBasedSegmentCount(),
        accounts.impressions(),
        accounts.events());
  }

  @Override
  public void blockUntilReady() throws TimeoutException, InterruptedException {
    readiness.await(config.readyTimeout());
  }

  /** Ends the instance within the configured time; a second caller waits for the first. */
  @Override
  public void destroy() {
    ending.run();
  }

  /** Ends the instance on a thread of its own; every caller's future completes at the end. */
  CompletableFuture<Void> destroyAsync() {
    if (!ending.begun()) {
      new SdkThreads(config.threadFactory()).forRole("destroy").newThread(this::destroy).start();
    }
    return ending.ended();
  }
}
