package io.splitio.backend.featbit;

import io.splitio.backend.featbit.OfflineFeed.Document;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where things are; what the application brings itself goes before an address.
 *
 * @param offline what there is instead of all others, or null
 */
record Addressing(
    @Nullable Document offline,
    @Nullable URI streaming,
    @Nullable URI events,
    @Nullable DefinitionSource source,
    @Nullable InsightSink sink,
    @Nullable DefinitionStore store) {

  /** Nothing is known but whether there is a connection. */
  static Addressing of(@Nullable Document offline) {
    return new Addressing(offline, null, null, null, null, null);
  }

  /** For another environment: what the application brought itself is for one. */
  Addressing elsewhere() {
    return new Addressing(null, streaming, events, null, null, null);
  }

  Addressing streaming(URI other) {
    return new Addressing(offline, other, events, source, sink, store);
  }

  Addressing events(URI other) {
    return new Addressing(offline, streaming, other, source, sink, store);
  }

  Addressing source(DefinitionSource other) {
    return new Addressing(offline, streaming, events, other, sink, store);
  }

  Addressing sink(InsightSink other) {
    return new Addressing(offline, streaming, events, source, other, store);
  }

  Addressing store(DefinitionStore other) {
    return new Addressing(offline, streaming, events, source, sink, other);
  }
}
