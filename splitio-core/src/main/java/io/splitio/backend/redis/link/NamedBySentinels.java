package io.splitio.backend.redis.link;

import io.lettuce.core.RedisURI;
import io.splitio.backend.redis.link.Address.Node;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server that sentinels name. Each attempt begins with the next sentinel, so that one that is
 * gone, or lives in the past, does not keep the others from being asked.
 */
final class NamedBySentinels implements Place {
  private final Address.Sentinels sentinels;
  private final RedisSettings settings;
  private final Wires wires;
  private final AtomicInteger first = new AtomicInteger();

  NamedBySentinels(Address.Sentinels sentinels, RedisSettings settings, Wires wires) {
    this.sentinels = sentinels;
    this.settings = settings;
    this.wires = wires;
  }

  @Override
  public CompletableFuture<Wire> open() {
    RedisURI.Builder uri = RedisURI.Builder.sentinel("unused", sentinels.master());
    Uris.secured(uri, settings.tls(), settings.login());
    RedisURI built =
        uri.withDatabase(sentinels.database()).withTimeout(settings.times().connect()).build();
    built.setClientName("splitio");
    built.getSentinels().clear();
    int count = sentinels.nodes().size();
    int from = Math.floorMod(first.getAndIncrement(), count);
    for (int i = 0; i < count; i++) {
      built.getSentinels().add(sentinel(sentinels.nodes().get((from + i) % count)));
    }
    return wires.to(built).thenCompose(NamedBySentinels::confirmed);
  }

  private RedisURI sentinel(Node node) {
    RedisURI.Builder uri = RedisURI.Builder.redis(node.host(), node.port());
    Tls tls = sentinels.tls() ? settings.tls() : null;
    return Uris.secured(uri, tls, sentinels.login())
        .withTimeout(settings.times().connect())
        .build();
  }

  /** Asks the server itself, as a sentinel may not know of the latest change. */
  private static CompletableFuture<Wire> confirmed(Wire wire) {
    return wire.commands()
        .role()
        .toCompletableFuture()
        .handle(
            (role, failure) -> {
              if (failure != null || role.isEmpty() || "master".equals(text(role))) {
                return CompletableFuture.completedFuture(wire); // it need not tell who it is
              }
              return wire.close()
                  .toCompletableFuture()
                  .<Wire>thenCompose(
                      done ->
                          CompletableFuture.failedFuture(
                              new IllegalStateException(
                                  "the server that the sentinels name is no master")));
            })
        .thenCompose(soon -> soon);
  }

  private static String text(List<Object> role) {
    Object first = role.get(0);
    return first instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(first);
  }
}
