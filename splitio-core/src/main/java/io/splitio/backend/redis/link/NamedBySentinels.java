package io.splitio.backend.redis.link;

import io.lettuce.core.RedisCommandExecutionException;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that sentinels name. Each question goes to the next sentinel first, so that one that
 * is gone, or lives in the past, does not keep the others from being asked; without any the last
 * master there was will do, as long as it is one.
 *
 * <p>As long as there are connections, each sentinel is asked now and then: as soon as one has
 * heard of an election, whoever is connected to another server than the elected one leaves it, even
 * if that still believes to be the master.
 */
final class NamedBySentinels implements Place {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final String name;
  private final List<Sentinel> sentinels;
  private final Wires wires;
  private final Opinions opinions = new Opinions(this::elected);
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile @Nullable Node last; // any attempt's finding is as good
  private List<Lookout> lookouts = List.of(); // guarded by this

  NamedBySentinels(Address.Sentinels sentinels, RedisSettings settings, Wires wires) {
    this.name = sentinels.master();
    this.wires = wires;
    this.sentinels =
        sentinels.nodes().stream()
            .map(node -> new Sentinel(node, sentinels, settings, wires, opinions))
            .toList();
  }

  @Override
  public CompletableFuture<Wire> open() {
    Node before = opinions.elected();
    return new Search().begin(before).thenApply(wire -> opened(wire, before));
  }

  private Wire opened(Wire wire, @Nullable Node before) {
    watch();
    wire.take(); // first, as who is elected is known before connections are left
    Node elected = opinions.elected();
    if (elected != null && !elected.equals(before)) {
      leaveUnless(elected, wire); // it was about to be opened when the others were left
    }
    return wire;
  }

  private synchronized void watch() {
    if (lookouts.isEmpty()) {
      List<Lookout> begun = sentinels.stream().map(each -> new Lookout(each, wires)).toList();
      begun.forEach(Lookout::begin); // fails where all connections are about to end
      lookouts = begun;
    }
  }

  @Override
  public synchronized void rest() {
    lookouts.forEach(Lookout::end);
    lookouts = List.of();
  }

  private void elected(Node master) {
    log.info(
        "The sentinels name {} as {} now, and connections to other servers are left", master, name);
    wires.all().stream().filter(Wire::isTaken).forEach(wire -> leaveUnless(master, wire));
  }

  /** What is under way is answered yet, and who asks meanwhile waits for the next connection. */
  private static void leaveUnless(Node master, Wire wire) {
    if (!master.equals(wire.node())) {
      wire.endedBy(new RedisCommandExecutionException("MOVED by an election to " + master));
    }
  }

  private CompletableFuture<Node> named() {
    List<Sentinel> candidates = new ArrayList<>(sentinels);
    Collections.rotate(candidates, -(attempts.getAndIncrement() % candidates.size()));
    return named(candidates, 0);
  }

  private CompletableFuture<Wire> reached(Node master) {
    return wires.to(master).thenCompose(NamedBySentinels::confirmed);
  }

  private CompletableFuture<Node> named(List<Sentinel> candidates, int next) {
    return candidates
        .get(next)
        .ask()
        .thenApply(
            master -> {
              last = master;
              return master;
            })
        .exceptionallyCompose(failure -> otherwise(candidates, next + 1, failure));
  }

  private CompletableFuture<Node> otherwise(
      List<Sentinel> candidates, int next, Throwable failure) {
    if (next < candidates.size()) {
      return named(candidates, next);
    }
    Node known = last;
    return known == null
        ? CompletableFuture.failedFuture(failure)
        : CompletableFuture.completedFuture(known);
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

    /** The one elected last is tried first, as other sentinels may not have heard of it yet. */
    private CompletableFuture<Wire> begin(@Nullable Node elected) {
      if (elected == null) {
        look();
        return found;
      }
      synchronized (this) {
        newest = elected;
        tried.add(elected);
        hoped.add(elected);
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
      return questions - answers < sentinels.size() ? ++questions : 0;
    }

    private void told(int question, @Nullable Node node, @Nullable Throwable failure) {
      synchronized (this) {
        answers++;
      }
      if (node != null && isAnother(question, node)) {
        reach(node);
      } else if (failure != null) {
        failed(failure);
      } else {
        take(); // it may be one that answered before
      }
    }

    private void reach(Node node) {
      CompletableFuture<?> unused =
          CompletableFuture.completedFuture(node)
              .thenCompose(NamedBySentinels.this::reached)
              .whenComplete((wire, why) -> connected(node, wire, why));
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
      if (failure != null) {
        opinions.failed(node); // before another is taken, lest that be left for it
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
      if (hasAskedNobody()) {
        look();
        return;
      }
      found.completeExceptionally(why);
    }
  }
}
