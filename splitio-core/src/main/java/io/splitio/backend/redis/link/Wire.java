package io.splitio.backend.redis.link;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A connection that is open, or was, and what can be said on it. */
public final class Wire {
  private final StatefulRedisConnection<String, byte[]> connection;
  private final Consumer<Wire> ended;
  private final AtomicBoolean closed = new AtomicBoolean(); // Lettuce warns of a second time

  Wire(StatefulRedisConnection<String, byte[]> connection, Consumer<Wire> ended) {
    this.connection = connection;
    this.ended = ended;
  }

  /** What can be said. */
  public RedisAsyncCommands<String, byte[]> commands() {
    return connection.async();
  }

  /** Asks for what this node has but does not own yet; it is one command, which must follow. */
  synchronized <R> CompletableFuture<R> askDirectly(Question<R> question) {
    CompletionStage<String> unused = commands().asking();
    return question.on(this);
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  StatefulRedisConnection<String, byte[]> connection() {
    return connection;
  }

  /** Hangs up, and waits for nothing. */
  static void hangUp(Wire wire) {
    CompletionStage<Void> unused = wire.close();
  }

  /** Hangs up; what is under way fails. */
  CompletionStage<Void> close() {
    if (!closed.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    ended.accept(this);
    return connection.closeAsync();
  }
}
