package io.splitio;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.Services;
import io.splitio.backend.Source;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import io.splitio.record.Sinks;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A backend without flags that starts and closes as a test says. */
final class StubConnector implements Connector, Source {
  final CompletableFuture<Void> started = new CompletableFuture<>();
  private Function<Services, Backend> connecting = services -> backend();
  private Runnable starting = () -> {};
  private Runnable closing = () -> {};
  private @Nullable Services lent;
  private String environment = "stub";

  StubConnector connecting(Function<Services, Backend> how) {
    connecting = how;
    return this;
  }

  StubConnector starting(Runnable how) {
    starting = how;
    return this;
  }

  StubConnector closing(Runnable how) {
    closing = how;
    return this;
  }

  StubConnector environment(String name) {
    environment = name;
    return this;
  }

  Backend backend() {
    return new Backend("stub", this, Sinks.none());
  }

  /** What the SDK lent; after connect. */
  Services lent() {
    Services services = lent;
    if (services == null) {
      throw new IllegalStateException("not connected");
    }
    return services;
  }

  @Override
  public Backend connect(Services services) {
    lent = services;
    return connecting.apply(services);
  }

  @Override
  public String environment() {
    return environment;
  }

  @Override
  public CompletableFuture<Void> start() {
    starting.run();
    return started;
  }

  @Override
  public Snapshot snapshot(String key, String flag) {
    return Snapshot.EMPTY;
  }

  @Override
  public Snapshot snapshot(Query query) {
    return Snapshot.EMPTY;
  }

  @Override
  public Snapshot held() {
    return Snapshot.EMPTY;
  }

  @Override
  public void close() {
    closing.run();
  }
}
