package io.splitio.backend.redis.link;

import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.engine.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to a node that has for now what others own, and that is asked now and then. While it does
 * not answer, nobody waits for it.
 */
final class Detour {
  private static final long REST = TimeUnit.SECONDS.toNanos(1);

  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Node node;
  private final Duration idle;
  private final Function<Node, CompletableFuture<Wire>> making;
  private final BiConsumer<Duration, Runnable> timer;
  private @Nullable CompletableFuture<Wire> way; // guarded by this
  private boolean silent; // guarded by this; until there is a new connection
  private long silentAt; // guarded by this
  private boolean used; // guarded by this; of late

  /** What is asked is answered within a time, or not at all. */
  Detour(
      Node node,
      Duration longest,
      Function<Node, CompletableFuture<Wire>> making,
      BiConsumer<Duration, Runnable> timer) {
    this.node = node;
    this.idle = longest.compareTo(IDLE) > 0 ? longest : IDLE;
    this.making = making;
    this.timer = timer;
  }

  /** Asks there. A connection that is of no use is given up. */
  <R> CompletableFuture<R> ask(Question<R> question) {
    CompletableFuture<Wire> found = way();
    if (found == null) {
      return NotSentException.failed(new UnavailableException(node + " does not answer"));
    }
    return found.thenCompose(
        wire ->
            wire.askDirectly(question)
                .whenComplete(
                    (reply, failure) -> {
                      if (failure != null) {
                        failed(wire, RedisFault.of(failure));
                      }
                    }));
  }

  /** The connection, perhaps one that is made only now; null while nobody has to wait for it. */
  private synchronized @Nullable CompletableFuture<Wire> way() {
    used = true;
    CompletableFuture<Wire> found = way;
    if (found == null || isOver(found)) {
      if (silent && System.nanoTime() - silentAt < REST) {
        return null;
      }
      found =
          making
              .apply(node)
              .whenComplete(this::made)
              .exceptionallyCompose(NotSentException::failed);
      way = found;
    }
    return silent && !found.isDone() ? null : found;
  }

  private static boolean isOver(CompletableFuture<Wire> wire) {
    return wire.isDone() && (wire.isCompletedExceptionally() || !wire.join().isOpen());
  }

  private synchronized void made(@Nullable Wire wire, @Nullable Throwable failure) {
    silent = failure != null;
    silentAt = System.nanoTime();
    if (wire != null) {
      lookLater(wire);
    }
  }

  private void lookLater(Wire wire) {
    try {
      timer.accept(idle, () -> endIfIdle(wire));
    } catch (RuntimeException | Error e) { // such as that all connections have ended
      Wire.hangUp(wire);
      throw e;
    }
  }

  /** Keys are moved now and then only. */
  private synchronized void endIfIdle(Wire wire) {
    if (!wire.isOpen()) {
      return;
    }
    if (used) {
      used = false;
      lookLater(wire);
      return;
    }
    way = null;
    Wire.hangUp(wire);
  }

  /** One that broke is made anew at once; one that says nothing would say nothing again. */
  private void failed(Wire wire, RedisFault fault) {
    if (fault.isReply() || fault.isCrowded()) {
      return;
    }
    synchronized (this) {
      silent |= !fault.isLost();
      silentAt = System.nanoTime();
    }
    Wire.hangUp(wire);
  }
}
