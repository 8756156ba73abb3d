package io.splitio.backend.redis.link;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One command, and what to make of its reply. */
@FunctionalInterface
public interface Question<R> {
  /** Sends the command. */
  CompletionStage<R> to(RedisAsyncCommands<String, byte[]> redis);

  /**
   * Sends the command; what cannot be sent fails as what is not answered does. What is refused by
   * anything but the connection, such as by a timer that has ended, never gets as far as that.
   */
  default CompletableFuture<R> on(Wire wire) {
    try {
      return to(wire.commands()).toCompletableFuture();
    } catch (RuntimeException e) {
      return e instanceof RedisException
          ? CompletableFuture.failedFuture(e)
          : NotSentException.failed(e);
    }
  }
}
