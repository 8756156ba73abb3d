package io.splitio.soak.rig;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.Services;
import io.splitio.engine.Snapshot;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A connector that lets an observer see every snapshot its backend puts in force. */
public final class Watched implements Connector {
  private final Connector connector;
  private final Observer observer;
  private final AtomicReference<@Nullable Backend> made = new AtomicReference<>();

  /** Watches the backend of this connector. */
  public Watched(Connector connector, Observer observer) {
    this.connector = connector;
    this.observer = observer;
  }

  @Override
  public Backend connect(Services services) {
    Backend backend =
        connector.connect(
            new Services(
                services.scheduler(),
                services.clock(),
                services.telemetry(),
                services.report(),
                (before, after) -> {
                  observer.changed(before, after);
                  services.changes().changed(before, after);
                },
                services.flagSets(),
                services.dateUnit(),
                services.threads(),
                services.machine()));
    made.set(backend);
    return backend;
  }

  /** What is held now. */
  public Snapshot held() {
    Backend backend = made.get();
    return backend == null ? Snapshot.EMPTY : backend.source().held();
  }

  @Override
  public String environment() {
    return connector.environment();
  }
}
