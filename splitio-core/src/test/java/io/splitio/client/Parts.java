package io.splitio.client;

import io.splitio.api.FallbackTreatments;
import io.splitio.api.FlagChangeListener;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitManager;
import io.splitio.backend.Source;
import io.splitio.backend.SyncReport;
import io.splitio.client.EvaluatingClient.Lifecycle;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import io.splitio.record.EventRecorder;
import io.splitio.record.ImpressionRecorder;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.TimeOfDay;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A client and a manager over a source, without an instance around them. */
final class Parts {
  final Telemetry telemetry = new Telemetry();
  final Readiness readiness =
      new Readiness(
          new SyncReport(Clock.systemUTC()), Duration.ofMinutes(10), Clock.systemUTC(), telemetry);
  final SplitClient client;
  final SplitManager manager;
  final Decisions decisions;

  Parts(Source source) {
    Questions questions = new Questions(readiness, telemetry, List.of());
    Recording recording =
        new Recording(
            ImpressionRecorder.none(),
            EventRecorder.none(),
            telemetry,
            TimeOfDay.of(Clock.systemUTC()),
            false);
    Answers answers =
        new Answers(questions, readiness, recording, FallbackTreatments.of("fb"), source);
    decisions = answers.decisions(source, new NoLife());
    client = new EvaluatingClient(source, questions, answers, new NoLife());
    manager = new FlagCatalog(source, questions, readiness, Duration.ofSeconds(1));
  }

  private record NoLife() implements Lifecycle, Decisions.Surroundings {
    @Override
    public void flush() {}

    @Override
    public void listen(FlagChangeListener listener) {}

    @Override
    public void ignore(FlagChangeListener listener) {}

    @Override
    public Executor listeners() {
      return Runnable::run;
    }

    @Override
    public void blockUntilReady() {}

    @Override
    public void destroy() {}
  }

  /** Asks for each snapshot anew; the asynchronous form on a thread of the common pool. */
  record Asking(Supplier<Snapshot> snapshots) implements Source {
    @Override
    public CompletableFuture<Void> start() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Snapshot snapshot(String key, String flag) {
      return snapshots.get();
    }

    @Override
    public Snapshot snapshot(Query query) {
      return snapshots.get();
    }

    @Override
    public CompletableFuture<Snapshot> snapshotAsync(Query query) {
      return CompletableFuture.supplyAsync(snapshots);
    }

    @Override
    public Snapshot held() {
      return Snapshot.EMPTY;
    }

    @Override
    public void close() {}
  }
}
