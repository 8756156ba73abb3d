package io.splitio.backend.featbit;

import io.splitio.net.Http;
import io.splitio.record.Delivery;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Where documents with insights are sent. */
interface Post {
  /** Sends one; the future never fails. */
  CompletableFuture<Delivery> send(byte[] document);

  /** Gives back what it holds of the machine, until {@link #resume()}. */
  void suspend();

  /** Sends again. */
  void resume();

  /** Gives back what it holds of the machine, within the time that is left. */
  void close(Duration left);

  /**
   * Sends nothing: nobody asks for insights.
   *
   * @param http what definitions come over; rests and ends with this
   */
  record Nowhere(Http http) implements Post {
    @Override
    public CompletableFuture<Delivery> send(byte[] document) {
      return CompletableFuture.completedFuture(Delivery.of(Delivery.Fate.DELIVERED));
    }

    @Override
    public void suspend() {
      http.suspend();
    }

    @Override
    public void resume() {
      http.resume();
    }

    @Override
    public void close(Duration left) {
      http.close();
    }
  }
}
