package io.splitio.backend;

import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Answers from memory with whatever its feed last said. */
public final class FedSource implements Source {
  private final SnapshotStore store;
  private final Feed feed;

  /** A source over a store that the feed fills. */
  public FedSource(SnapshotStore store, Feed feed) {
    this.store = store;
    this.feed = feed;
  }

  /** What fills the store. */
  public Feed feed() {
    return feed;
  }

  @Override
  public CompletableFuture<Void> start() {
    return feed.start(store);
  }

  @Override
  public CompletableFuture<Void> load() {
    return feed.load(store);
  }

  @Override
  public Snapshot snapshot(String key, String flag) {
    return store.current();
  }

  @Override
  public Snapshot snapshot(Query query) {
    return store.current();
  }

  @Override
  public Snapshot held() {
    return store.current();
  }

  @Override
  public boolean lacksTrafficType(String trafficType) {
    return feed.knowsTrafficTypes() && !store.current().hasTrafficType(trafficType);
  }

  @Override
  public boolean namesAreSplits() {
    return feed.namesAreSplits();
  }

  @Override
  public CompletableFuture<Void> suspend() {
    return feed.suspend();
  }

  @Override
  public void resume() {
    feed.resume();
  }

  @Override
  public void retryNow() {
    feed.retryNow();
  }

  @Override
  public void close(Duration left) {
    feed.close(left);
  }

  @Override
  public void close() {
    feed.close();
  }
}
