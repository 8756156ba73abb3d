package io.splitio.backend;

import io.splitio.api.DateUnit;
import io.splitio.engine.SnapshotListener;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the SDK lends to its backend.
 *
 * @param scheduler runs short tasks and timers; its owner closes it after the backend
 * @param clock tells the time of day
 * @param telemetry counts
 * @param report takes what the backend says of its synchronisation
 * @param changes told of each new snapshot; for a store of definitions
 * @param flagSets the only flag sets to load, sanitised; empty means all flags
 * @param dateUnit the unit of plain numbers in date rules
 */
public record Services(
    ScheduledExecutorService scheduler,
    Clock clock,
    Telemetry telemetry,
    SyncReport report,
    SnapshotListener changes,
    Set<String> flagSets,
    DateUnit dateUnit) {}
