package io.splitio.backend.redis.link;

import io.lettuce.core.RedisURI;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Knows where the keys are, and connects to it. */
interface Place {

  /** The place that settings mean. */
  static Place of(RedisSettings settings, Wires wires) {
    Address address = settings.address();
    if (address instanceof Address.Sentinels sentinels) {
      return new NamedBySentinels(sentinels, settings, wires);
    }
    if (address instanceof Address.Cluster cluster) {
      return new OwnerOfSlot(cluster, wires);
    }
    if (address instanceof Address.UnixSocket socket) {
      return () ->
          wires.to(RedisURI.Builder.socket(socket.path().toString()), socket.database(), null);
    }
    return () -> wires.to(((Address.Single) address).node());
  }

  /** A new connection, soon. */
  CompletableFuture<Wire> open();

  /** A node said something that may tell where the keys are, or where not. */
  default void heard(RedisFault fault, @Nullable Node asked) {}

  /** All connections are about to end. */
  default void rest() {}
}
