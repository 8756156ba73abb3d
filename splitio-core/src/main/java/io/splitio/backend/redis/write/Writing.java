package io.splitio.backend.redis.write;

import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.Wire;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the connection is for on which recorded data is written; its failures are told by batch. */
final class Writing implements Line.Use {
  @Override
  public CompletionStage<?> begin(Wire wire) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void up() {}

  @Override
  public void down(Throwable cause) {}
}
