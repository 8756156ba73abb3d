package io.splitio.backend.featbit;

import io.splitio.net.Http;
import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Request;
import io.splitio.net.Trouble;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Posts to FeatBit's server.
 *
 * @param http what is posted over; closed with this
 * @param insights where to
 */
record HttpPost(Http http, Request insights) implements Post {

  @Override
  public CompletableFuture<Delivery> send(byte[] document) {
    return http.post(insights.json(document)).thenApply(HttpPost::delivery);
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
