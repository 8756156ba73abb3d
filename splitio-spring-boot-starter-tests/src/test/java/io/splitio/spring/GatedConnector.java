package io.splitio.spring;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.Services;
import io.splitio.backend.Source;
import io.splitio.backend.SyncReport;
import io.splitio.backend.localhost.InMemoryTreatments;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Flags in memory that are there only after the gate was opened. */
public final class GatedConnector implements Connector {
  private final InMemoryTreatments flags;
  private final CompletableFuture<Void> gate = new CompletableFuture<>();
  private volatile @Nullable SyncReport report;

  /** The flag checkout, which serves v2. */
  public GatedConnector() {
    this.flags = LocalhostConnector.treatments(Map.of("checkout", "v2"));
  }

  /** Lets the flags in. */
  public void open() {
    gate.complete(null);
  }

  /** Keeps the flags out for good. */
  public void fail(Throwable cause) {
    gate.completeExceptionally(cause);
  }

  /** What the backend says of its synchronisation. */
  public SyncReport report() {
    return Objects.requireNonNull(report, "not connected");
  }

  @Override
  public Backend connect(Services services) {
    SyncReport synchronised = services.report();
    report = synchronised;
    Backend backend = flags.connect(withOwnReport(services));
    return new Backend(
        "gated", new GatedSource(backend.source(), gate, synchronised), backend.sinks());
  }

  /** Flags in memory report that they never grow stale; those behind a gate may. */
  private static Services withOwnReport(Services services) {
    return new Services(
        services.scheduler(),
        services.clock(),
        services.telemetry(),
        new SyncReport(services.clock()),
        services.changes(),
        services.flagSets(),
        services.dateUnit(),
        services.threads(),
        services.machine());
  }

  @Override
  public String environment() {
    return "gated";
  }

  private record GatedSource(Source source, CompletableFuture<Void> gate, SyncReport report)
      implements Source {
    @Override
    public CompletableFuture<Void> start() {
      return gate.thenCompose(open -> source.start()).thenRun(report::succeeded);
    }

    @Override
    public Snapshot snapshot(String key, String flag) {
      return source.snapshot(key, flag);
    }

    @Override
    public Snapshot snapshot(Query query) {
      return source.snapshot(query);
    }

    @Override
    public Snapshot held() {
      return source.held();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
