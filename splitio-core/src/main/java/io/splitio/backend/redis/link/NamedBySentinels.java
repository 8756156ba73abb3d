package io.splitio.backend.redis.link;

import io.lettuce.core.RedisURI;
import io.splitio.backend.redis.link.Address.Node;
import io.splitio.backend.redis.link.RedisSettings.Login;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final Duration PATIENCE = Duration.ofMillis(500);

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
    return new Search().begin();
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

  /**
   * One attempt. Until the sentinels have agreed on another server, they name one that hangs, which
   * takes a connection and says nothing on it; so they are asked again while it keeps silent. Of
   * the servers that answer, the one named to the latest question is taken, and another only if
   * that one fails.
   */
  private final class Search {
    private final CompletableFuture<Wire> found = new CompletableFuture<>();
    private final Set<Node> tried = new HashSet<>(); // guarded by this
    private final Set<Node> hoped = new HashSet<>(); // guarded by this; they may answer
    private final Map<Node, Wire> held = new HashMap<>(); // guarded by this; they answered
    private @Nullable Node newest; // guarded by this
    private int newestQuestion; // guarded by this
    private int questions; // guarded by this
    private int answers; // guarded by this

    private CompletableFuture<Wire> begin() {
      look();
      return found;
    }

    private void look() {
      if (found.isDone()) {
        return;
      }
      try {
        wires.after(PATIENCE, this::look);
        int question = next();
        if (question > 0) {
          CompletableFuture<?> unused =
              named().whenComplete((node, failure) -> told(question, node, failure));
        }
      } catch (RuntimeException | Error e) { // such as that all connections have ended
        found.completeExceptionally(e);
      }
    }

    /**
     * The number of the question to ask now, 0 for none: as many as there are sentinels may be
     * silent, and no more are asked meanwhile.
     */
    private synchronized int next() {
      return questions - answers < sentinels.nodes().size() ? ++questions : 0;
    }

    private void told(int question, @Nullable Node node, @Nullable Throwable failure) {
      synchronized (this) {
        answers++;
      }
      if (node != null && isAnother(question, node)) {
        CompletableFuture<?> unused =
            CompletableFuture.completedFuture(node)
                .thenCompose(NamedBySentinels.this::reached)
                .whenComplete((wire, why) -> connected(node, wire, why));
      } else if (failure != null) {
        failed(failure);
      } else {
        take(); // it may be one that answered before
      }
    }

    private synchronized boolean isAnother(int question, Node node) {
      if (found.isDone()) {
        return false;
      }
      if (question > newestQuestion) { // the answers may overtake each other
        newestQuestion = question;
        newest = node;
      }
      boolean another = tried.add(node);
      if (another) {
        hoped.add(node);
      }
      return another;
    }

    private void connected(Node node, @Nullable Wire wire, @Nullable Throwable failure) {
      synchronized (this) {
        hoped.remove(node);
        if (wire != null) {
          held.put(node, wire);
        }
      }
      take();
      if (failure != null) {
        failed(failure);
      }
    }

    /** Takes one as soon as it may be, and hangs up on the others. */
    private void take() {
      for (Wire wire = best(); wire != null; wire = best()) {
        if (!found.complete(wire)) {
          Wire.hangUp(wire);
        }
      }
    }

    private synchronized @Nullable Wire best() {
      if (newest != null && hoped.contains(newest) && !found.isDone()) {
        return null; // an older one might be no master any more, and not know that
      }
      Node best = newest != null && held.containsKey(newest) ? newest : any(held.keySet());
      return best == null ? null : held.remove(best);
    }

    private static <T> @Nullable T any(Set<T> all) {
      return all.isEmpty() ? null : all.iterator().next();
    }

    private void failed(Throwable why) {
      synchronized (this) {
        if (!hoped.isEmpty() || !held.isEmpty()) {
          return; // another server may answer still, or has answered and is about to be taken
        }
      }
      found.completeExceptionally(why);
    }
  }
}
