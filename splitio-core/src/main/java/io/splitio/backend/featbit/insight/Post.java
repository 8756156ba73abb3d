package io.splitio.backend.featbit.insight;

import io.splitio.net.Http;
import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Request;
import io.splitio.net.Trouble;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Where documents with insights are sent. */
public interface Post {
  /** What is spoken over, for definitions too; rests and ends with this. */
  Http http();

  /** Sends one; the future never fails. */
  CompletableFuture<Delivery> send(byte[] document);

  /** Gives back what it holds of the machine, until {@link #resume()}. */
  default void suspend() {
    http().suspend();
  }

  /** Sends again. */
  default void resume() {
    http().resume();
  }

  /** Gives back what it holds of the machine, within the time that is left. */
  default void close(Duration left) {
    http().close();
  }

  /**
   * Posts to FeatBit's server.
   *
   * @param insights where to
   */
  record ToFeatBit(Http http, Request insights) implements Post {
    @Override
    public CompletableFuture<Delivery> send(byte[] document) {
      return http.post(insights.json(document)).thenApply(ToFeatBit::delivery);
    }

    private static Delivery delivery(Outcome<?> outcome) {
      if (!(outcome instanceof Failure<?> failure)) {
        return Delivery.of(Fate.DELIVERED);
      }
      Trouble trouble = failure.trouble();
      return trouble instanceof Trouble.Status answered
          ? Delivery.answered(
              answered.status(), answered.retryAfter(), trouble + advice(answered.status()))
          : Delivery.unanswered(trouble.lasting(), trouble.toString());
    }

    private static String advice(int status) {
      return switch (status) {
        case 401, 403 -> " (FeatBit refuses the secret; use the server secret of the environment)";
        case 404 -> " (there is no such service; check the events address of FeatBit)";
        default -> "";
      };
    }
  }

  /** Sends nothing: nobody asks for insights. */
  record Nowhere(Http http) implements Post {
    @Override
    public CompletableFuture<Delivery> send(byte[] document) {
      return CompletableFuture.completedFuture(Delivery.of(Fate.DELIVERED));
    }
  }
}
