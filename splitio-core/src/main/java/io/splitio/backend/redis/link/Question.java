package io.splitio.backend.redis.link;

import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One command, and what to make of its reply. */
@FunctionalInterface
public interface Question<R> {
  /** Sends the command. */
  CompletionStage<R> to(RedisAsyncCommands<String, byte[]> redis);

  /** Sends the command; what cannot be sent fails as what is not answered does. */
  default CompletableFuture<R> on(Wire wire) {
    try {
      return to(wire.commands()).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
