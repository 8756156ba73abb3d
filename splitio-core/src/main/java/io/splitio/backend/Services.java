package io.splitio.backend;

import io.splitio.api.DateUnit;
import io.splitio.engine.SnapshotListener;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
 * @param threads makes daemon threads for a role
 * @param machine who asks; finding out may take a moment, so not for a thread of the application
 */
public record Services(
    ScheduledExecutorService scheduler,
    Clock clock,
    Telemetry telemetry,
    SyncReport report,
    SnapshotListener changes,
    Set<String> flagSets,
    DateUnit dateUnit,
    Function<String, ThreadFactory> threads,
    Supplier<Machine> machine) {

  /**
   * Who asks, as far as a service is told.
   *
   * @param sdkVersion the name and version of this SDK
   * @param name the name of this process, or null when it is not to be told
   * @param address the address of this machine, or null when it is unknown or not to be told
   */
  public record Machine(String sdkVersion, @Nullable String name, @Nullable String address) {}
}
