package io.splitio.testing;

import io.splitio.api.DateUnit;
import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.FedSource;
import io.splitio.backend.Feed;
import io.splitio.backend.Services;
import io.splitio.codec.Changes;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.Change;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.Segment;
import io.splitio.record.Sinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A backend that holds one change document as Split's service would send it, verbatim, and some
 * segments.
 */
public final class Definitions implements Connector {
  private final String json;
  private final List<Segment> segments = new ArrayList<>();
  private final Sinks sinks;
  private boolean ready = true;

  private Definitions(String json, Sinks sinks) {
    this.json = json;
    this.sinks = sinks;
  }

  /** The definitions of a change document. */
  public static Definitions of(String json) {
    return new Definitions(json, Sinks.none());
  }

  /** The same, with somewhere for events to go. */
  public static Definitions of(String json, Sinks sinks) {
    return new Definitions(json, sinks);
  }

  /** Adds a segment. */
  public Definitions segment(String name, Collection<String> keys) {
    segments.add(new Segment(name, Set.copyOf(keys), 1));
    return this;
  }

  /** Adds segments. */
  public Definitions segments(Map<String, ? extends Collection<String>> keysByName) {
    keysByName.forEach(this::segment);
    return this;
  }

  /** Holds the definitions, but never says that they are complete. */
  public Definitions neverReady() {
    ready = false;
    return this;
  }

  /** The step from nothing to these definitions. */
  public Change change(DateUnit unit) {
    try {
      Changes changes = new ChangesReader(unit, Sanitizing.NONE).read(json);
      return Change.flags(changes.flags().active(), changes.flags().removed(), 1)
          .and(
              Change.ruleBasedSegments(
                  changes.ruleBasedSegments().active(), changes.ruleBasedSegments().removed(), 1))
          .and(Change.segments(segments));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Backend connect(Services services) {
    SnapshotStore store = new SnapshotStore(services.changes());
    return new Backend(
        "test", new FedSource(store, new Once(change(services.dateUnit()), ready)), sinks);
  }

  @Override
  public String environment() {
    return "test";
  }

  private record Once(Change change, boolean ready) implements Feed {
    @Override
    public CompletableFuture<Void> start(SnapshotStore store) {
      store.apply(change);
      return ready ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    }

    @Override
    public void close() {}
  }
}
