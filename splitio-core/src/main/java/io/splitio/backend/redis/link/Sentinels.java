package io.splitio.backend.redis.link;

import io.lettuce.core.RedisCommandExecutionException;
import io.splitio.backend.redis.settings.Address.Node;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All sentinels. Each question goes to the next one first, so that one that is gone, or lives in
 * the past, does not keep the others from being asked.
 */
final class Sentinels {
  private final List<Sentinel> all;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile @Nullable Node last; // any attempt's finding is as good

  Sentinels(List<Sentinel> all) {
    this.all = all;
  }

  int number() {
    return all.size();
  }

  /** Whom one of them named last, or who was used last, or null for nobody. */
  @Nullable Node last() {
    return last;
  }

  /** Whom the first that answers names; without any the last master there was will do. */
  CompletableFuture<Node> ask() {
    List<Sentinel> candidates = new ArrayList<>(all);
    Collections.rotate(candidates, -Math.floorMod(attempts.getAndIncrement(), candidates.size()));
    return ask(candidates, 0);
  }

  private CompletableFuture<Node> ask(List<Sentinel> candidates, int next) {
    return candidates
        .get(next)
        .ask()
        .thenApply(this::noted)
        .exceptionallyCompose(failure -> otherwise(candidates, next + 1, failure));
  }

  private Node noted(Node master) {
    last = master;
    return master;
  }

  /** A server is used, which will do later when no sentinel answers. */
  void used(@Nullable Node master) {
    last = master == null ? last : master;
  }

  private CompletableFuture<Node> otherwise(
      List<Sentinel> candidates, int next, Throwable failure) {
    if (next < candidates.size()) {
      return ask(candidates, next)
          .exceptionallyCompose(
              later -> CompletableFuture.failedFuture(RedisFault.worse(failure, later)));
    }
    Node known = last;
    return known == null
        ? CompletableFuture.failedFuture(failure)
        : CompletableFuture.completedFuture(known);
  }

  /**
   * The same connection, unless the server says that it is no master, or does not answer. It is
   * asked itself, as a sentinel may not know of the latest change.
   */
  static CompletableFuture<Wire> master(Wire wire) {
    return wire.commands()
        .role()
        .toCompletableFuture()
        .thenAccept(Sentinels::mustBeMaster)
        .exceptionally(Sentinels::mayBeSilent)
        .whenComplete(
            (fine, failure) -> {
              if (failure != null) {
                Wire.hangUp(wire);
              }
            })
        .thenApply(fine -> wire);
  }

  private static void mustBeMaster(List<Object> role) {
    if (!role.isEmpty() && !text(role.get(0)).equals("master")) {
      throw new IllegalStateException("the server that the sentinels name is no master");
    }
  }

  private static String text(Object word) {
    return word instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(word);
  }

  /** It need not tell, as where the user may not ask, but must answer. */
  private static Void mayBeSilent(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RedisCommandExecutionException) {
      return null;
    }
    throw new CompletionException(cause);
  }

  /**
   * One attempt to reach the server that sentinels name. Until they have agreed on another server,
   * they name one that hangs, which takes a connection and says nothing on it; so they are asked
   * again while it keeps silent. Of the servers that answer, the one named to the latest question
   * is taken, and another only if that one fails.
   */
  static final class Search {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Sentinels sentinels;
    private final Wires wires;
    private final Consumer<Node> refused;
    private final CompletableFuture<Wire> found = new CompletableFuture<>();
    private final Set<Node> tried = new HashSet<>(); // guarded by this
    private final Set<Node> hoped = new HashSet<>(); // guarded by this; they may answer
    private final Map<Node, Wire> held = new HashMap<>(); // guarded by this; they answered
    private boolean chosen; // guarded by this; one of those held is being taken
    private @Nullable Throwable why; // guarded by this; the last server that was tried failed
    private @Nullable Node newest; // guarded by this
    private int newestQuestion; // guarded by this
    private int looks; // guarded by this
    private int questions; // guarded by this
    private int answers; // guarded by this

    /** Has somebody told of each server that cannot be used, before another is taken. */
    Search(Sentinels sentinels, Wires wires, Consumer<Node> refused) {
      this.sentinels = sentinels;
      this.wires = wires;
      this.refused = refused;
    }

    /** The one elected last is tried first, as other sentinels may not have heard of it yet. */
    CompletableFuture<Wire> begin(@Nullable Node elected) {
      if (elected == null) {
        look();
        return found;
      }
      synchronized (this) {
        newest = elected;
        hope(elected);
      }
      try {
        wires.after(PATIENCE, this::lookAtLast);
        reach(elected);
      } catch (RuntimeException | Error e) { // such as that all connections have ended
        found.completeExceptionally(e);
      }
      return found;
    }

    private void lookAtLast() {
      if (hasAskedNobody()) {
        look();
      }
    }

    private synchronized boolean hasAskedNobody() {
      return questions == 0;
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
              sentinels.ask().whenComplete((node, failure) -> told(question, node, failure));
        }
        Node last = sentinels.last();
        if (last != null && isWorthATry(last)) {
          reach(last);
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
      looks++;
      return questions - answers < sentinels.number() ? ++questions : 0;
    }

    /** The last master will do while all that were asked keep silent. */
    private synchronized boolean isWorthATry(Node last) {
      return looks > 1 && answers == 0 && hope(last);
    }

    private synchronized boolean hope(Node node) {
      boolean another = tried.add(node);
      if (another) {
        hoped.add(node);
      }
      return another;
    }

    private void told(int question, @Nullable Node node, @Nullable Throwable failure) {
      synchronized (this) {
        answers++;
      }
      if (node != null && isAnother(question, node)) {
        reach(node);
        return;
      }
      take(); // it may be one that answered before
      failed(failure != null ? failure : inVain());
    }

    private synchronized Throwable inVain() {
      return why != null
          ? why
          : new IllegalStateException("the server that the sentinels name was tried in vain");
    }

    private void reach(Node node) {
      CompletableFuture<?> unused =
          CompletableFuture.completedFuture(node)
              .thenCompose(wires::to)
              .thenCompose(Sentinels::master)
              .whenComplete((wire, failure) -> connected(node, wire, failure));
    }

    private synchronized boolean isAnother(int question, Node node) {
      if (found.isDone()) {
        return false;
      }
      if (question > newestQuestion) { // the answers may overtake each other
        newestQuestion = question;
        newest = node;
      }
      return hope(node);
    }

    private void connected(Node node, @Nullable Wire wire, @Nullable Throwable failure) {
      synchronized (this) {
        hoped.remove(node);
        if (wire != null) {
          held.put(node, wire);
        } else {
          why = failure;
        }
      }
      if (failure != null) {
        refused.accept(node); // before another is taken, lest that be left for it
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
      chosen |= best != null;
      return best == null ? null : held.remove(best);
    }

    private static <T> @Nullable T any(Set<T> all) {
      return all.isEmpty() ? null : all.iterator().next();
    }

    private void failed(Throwable failure) {
      if (isHopeful()) {
        return;
      }
      if (hasAskedNobody()) {
        look();
        return;
      }
      found.completeExceptionally(failure);
    }

    /**
     * Whether a server may answer still, or has answered and is about to be taken, or the first
     * sentinel may answer.
     */
    private synchronized boolean isHopeful() {
      return chosen || !hoped.isEmpty() || !held.isEmpty() || (questions > 0 && answers == 0);
    }
  }
}
