package io.splitio.backend.redis.link;

import io.lettuce.core.RedisURI;
import io.splitio.backend.redis.link.Address.Node;
import io.splitio.backend.redis.link.RedisSettings.Login;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server that sentinels name. Each question goes to the next sentinel first, so that one that
 * is gone, or lives in the past, does not keep the others from being asked; without any the last
 * master there was will do, as long as it is one.
 */
final class NamedBySentinels implements Place {
  private final Address.Sentinels sentinels;
  private final RedisSettings settings;
  private final Wires wires;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile @Nullable Node last; // any attempt's finding is as good

  NamedBySentinels(Address.Sentinels sentinels, RedisSettings settings, Wires wires) {
    this.sentinels = sentinels;
    this.settings = settings;
    this.wires = wires;
  }

  @Override
  public CompletableFuture<Wire> open() {
    return new MasterSearch(wires, this::named, this::reached, sentinels.nodes().size()).begin();
  }

  private CompletableFuture<Node> named() {
    List<Node> candidates = new ArrayList<>(sentinels.nodes());
    Collections.rotate(candidates, -(attempts.getAndIncrement() % candidates.size()));
    return named(candidates, 0);
  }

  private CompletableFuture<Wire> reached(Node master) {
    return wires.to(master).thenCompose(NamedBySentinels::confirmed);
  }

  private CompletableFuture<Node> named(List<Node> candidates, int next) {
    return wires
        .master(sentinel(candidates.get(next)), sentinels.master())
        .thenApply(
            master -> {
              last = master;
              return master;
            })
        .exceptionallyCompose(failure -> otherwise(candidates, next + 1, failure));
  }

  private CompletableFuture<Node> otherwise(List<Node> candidates, int next, Throwable failure) {
    if (next < candidates.size()) {
      return named(candidates, next);
    }
    Node known = last;
    return known == null
        ? CompletableFuture.failedFuture(failure)
        : CompletableFuture.completedFuture(known);
  }

  private RedisURI sentinel(Node node) {
    RedisURI.Builder uri = RedisURI.Builder.redis(node.host(), node.port());
    Tls tls = sentinels.tls() ? settings.tls() : null;
    Login login = sentinels.login();
    Supplier<char[]> password = login.password(); // one that stays the same
    return Uris.secured(uri, tls, login, password == null ? null : password.get())
        .withTimeout(settings.times().connect())
        .build();
  }

  /** Asks the server itself, as a sentinel may not know of the latest change. */
  private static CompletableFuture<Wire> confirmed(Wire wire) {
    return wire.commands()
        .role()
        .toCompletableFuture()
        .handle((role, failure) -> failure != null || mayBeMaster(role))
        .thenApply(
            may -> {
              if (may) {
                return wire;
              }
              Wire.hangUp(wire);
              throw new IllegalStateException("the server that the sentinels name is no master");
            });
  }

  /** It need not tell. */
  private static boolean mayBeMaster(List<Object> role) {
    if (role.isEmpty()) {
      return true;
    }
    Object what = role.get(0);
    String text =
        what instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.UTF_8)
            : String.valueOf(what);
    return text.equals("master");
  }
}
