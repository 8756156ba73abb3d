package io.splitio.backend.featbit;

import io.splitio.api.DateUnit;
import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.engine.SnapshotListener;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** What a test lends to the backend. */
final class Lent {
  private Lent() {}

  static Services with(ScheduledExecutorService scheduler, SnapshotListener changes) {
    return with(scheduler, changes, Thread::new);
  }

  static Services with(
      ScheduledExecutorService scheduler, SnapshotListener changes, ThreadFactory threads) {
    Clock clock = Clock.systemUTC();
    return new Services(
        scheduler,
        clock,
        new Telemetry(),
        new SyncReport(clock),
        changes,
        Set.of(),
        DateUnit.MILLISECONDS,
        role -> threads,
        () -> new Services.Machine("java-test", null, null));
  }
}
