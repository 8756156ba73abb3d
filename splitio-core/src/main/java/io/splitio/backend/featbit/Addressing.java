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
    @Nullable InsightSink sink) {

  /** Nothing is known but whether there is a connection. */
  static Addressing of(@Nullable Document offline) {
    return new Addressing(offline, null, null, null, null);
  }

  Addressing online() {
    return new Addressing(null, streaming, events, source, sink);
  }

  Addressing streaming(URI other) {
    return new Addressing(offline, other, events, source, sink);
  }

  Addressing events(URI other) {
    return new Addressing(offline, streaming, other, source, sink);
  }

  Addressing source(DefinitionSource other) {
    return new Addressing(offline, streaming, events, other, sink);
  }

  Addressing sink(InsightSink other) {
    return new Addressing(offline, streaming, events, source, other);
  }
}
