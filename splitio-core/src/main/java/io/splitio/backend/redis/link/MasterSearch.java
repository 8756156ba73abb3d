package io.splitio.backend.redis.link;

import io.splitio.backend.redis.link.Address.Node;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect to the server that sentinels name. Until they have agreed on another, they
 * name one that hangs, which takes a connection and says nothing on it; so they are asked again
 * while it keeps silent, and the first server that answers is taken.
 */
final class MasterSearch {
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final Wires wires;
  private final Supplier<CompletableFuture<Node>> asking;
  private final Function<Node, CompletableFuture<Wire>> connecting;
  private final int most;
  private final CompletableFuture<Wire> found = new CompletableFuture<>();
  private final Set<Node> tried = new HashSet<>(); // guarded by this
  private int asked; // guarded by this; and not answered
  private int hoped; // guarded by this; servers that may answer

  /**
   * Nothing is asked yet.
   *
   * @param wires has the timer
   * @param asking asks the sentinels for the master
   * @param connecting connects to it
   * @param most how many answers of sentinels may be awaited at once
   */
  MasterSearch(
      Wires wires,
      Supplier<CompletableFuture<Node>> asking,
      Function<Node, CompletableFuture<Wire>> connecting,
      int most) {
    this.wires = wires;
    this.asking = asking;
    this.connecting = connecting;
    this.most = most;
  }

  /** The connection, soon. */
  CompletableFuture<Wire> begin() {
    look();
    return found;
  }

  private void look() {
    if (found.isDone()) {
      return;
    }
    try {
      wires.after(PATIENCE, this::look);
      if (mayAsk()) {
        CompletableFuture<?> unused = asking.get().whenComplete(this::named);
      }
    } catch (RuntimeException | Error e) { // such as that all connections have ended
      found.completeExceptionally(e);
    }
  }

  private synchronized boolean mayAsk() {
    boolean may = asked < most;
    asked += may ? 1 : 0;
    return may;
  }

  private void named(@Nullable Node node, @Nullable Throwable failure) {
    boolean more;
    synchronized (this) {
      asked--;
      more = node != null && !found.isDone() && tried.add(node);
      hoped += more ? 1 : 0;
    }
    if (more) {
      CompletableFuture<?> unused =
          CompletableFuture.completedFuture(node)
              .thenCompose(connecting)
              .whenComplete(this::connected);
    } else if (failure != null) {
      failed(failure);
    }
  }

  private void connected(@Nullable Wire wire, @Nullable Throwable failure) {
    synchronized (this) {
      hoped--;
    }
    if (failure != null) {
      failed(failure);
    } else if (wire != null && !found.complete(wire)) {
      Wire.hangUp(wire);
    }
  }

  private void failed(Throwable why) {
    synchronized (this) {
      if (hoped > 0) {
        return; // another server may answer still
      }
    }
    found.completeExceptionally(why);
  }
}
