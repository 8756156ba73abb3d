package io.splitio.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.FallbackTreatments;
import io.splitio.api.FlagChangeListener;
import io.splitio.backend.Source;
import io.splitio.backend.SyncReport;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.client.Answers;
import io.splitio.client.Decisions;
import io.splitio.client.Questions;
import io.splitio.client.Readiness;
import io.splitio.client.Recording;
import io.splitio.engine.Change;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.featbit.FlagTracker.FlagValueChange;
import io.splitio.record.EventRecorder;
import io.splitio.record.ImpressionRecorder;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.TimeOfDay;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** A flag that changes while a listener to its value is added. */
class FlagTrackerRaceTest {
  private static final FeatBitUser ANA = FeatBitUser.of("ana", "Ana");

  private final List<FlagChangeListener> listeners = new CopyOnWriteArrayList<>();
  private final Turning source = new Turning();

  @Test
  void aChangeBetweenTheFirstValueAndTheAdditionIsNotLost() {
    List<FlagValueChange> heard = new CopyOnWriteArrayList<>();
    new FlagTracker(new Evaluating(decisions(), false))
        .addFlagValueChangeListener("f", ANA, heard::add);
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.size() == 1);
    assertThat(heard).containsExactly(new FlagValueChange("f", "A", "B"));
  }

  private Decisions decisions() {
    Telemetry telemetry = new Telemetry();
    Clock clock = Clock.systemUTC();
    Readiness readiness =
        new Readiness(new SyncReport(clock), Duration.ofMinutes(10), clock, telemetry);
    readiness.becameReady();
    return new Answers(
            new Questions(readiness, telemetry, List.of()),
            readiness,
            new Recording(
                ImpressionRecorder.none(),
                EventRecorder.none(),
                telemetry,
                TimeOfDay.of(clock),
                false),
            FallbackTreatments.none(),
            source)
        .decisions(source, new Told());
  }

  private static Snapshot serving(String value) {
    SnapshotStore store = new SnapshotStore((before, after) -> {});
    try {
      store.apply(
          Change.onlyFlags(
              MessageReader.read(
                      """
                      {"messageType":"data-sync","data":{"eventType":"full","featureFlags":[
                       {"key":"f","isEnabled":false,"variations":[{"id":"v","value":"%s"}],
                        "disabledVariationId":"v","updatedAt":"2025-03-01T10:00:00Z"}]}}"""
                          .formatted(value))
                  .flags()
                  .stream()
                  .map(item -> item.definition())
                  .toList(),
              1));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return store.current();
  }

  private final class Told implements Decisions.Surroundings {
    @Override
    public void flush() {}

    @Override
    public void listen(FlagChangeListener listener) {
      listeners.add(listener);
    }

    @Override
    public void ignore(FlagChangeListener listener) {
      listeners.remove(listener);
    }

    @Override
    public Executor listeners() {
      return Runnable::run;
    }
  }

  /** Serves A to the first question, and changes to B before the answer is used. */
  private final class Turning implements Source {
    private final Snapshot first = serving("A");
    private final Snapshot second = serving("B");
    private boolean turned; // guarded by this

    @Override
    public synchronized Snapshot snapshot(String key, String flag) {
      if (turned) {
        return second;
      }
      turned = true;
      List<FlagChangeListener> present = List.copyOf(listeners);
      Thread telling =
          new Thread(() -> present.forEach(listener -> listener.flagsChanged(Set.of("f"))));
      telling.setDaemon(true);
      telling.start();
      return first;
    }

    @Override
    public Snapshot snapshot(Query query) {
      return snapshot("", "");
    }

    @Override
    public Snapshot held() {
      return second;
    }

    @Override
    public CompletableFuture<Void> start() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
