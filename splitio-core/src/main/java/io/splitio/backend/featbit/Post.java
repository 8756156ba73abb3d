package io.splitio.backend.featbit;

import io.splitio.record.Delivery;
import java.util.concurrent.CompletableFuture;

/** Where documents with insights are sent. */
interface Post {
  /** Sends one; the future never fails. */
  CompletableFuture<Delivery> send(byte[] document);

  /** Gives back what it holds of the machine, until {@link #resume()}. */
  void suspend();

  /** Sends again. */
  void resume();

  /** Gives back what it holds of the machine. */
  void close();
}
