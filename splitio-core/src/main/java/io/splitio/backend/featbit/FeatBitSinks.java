package io.splitio.backend.featbit;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.splitio.api.ImpressionMode;
import io.splitio.net.Http;
import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Request;
import io.splitio.net.Trouble;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Event;
import io.splitio.record.Recorder;
import io.splitio.record.Served;
import io.splitio.record.Sinks;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.UsageReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Takes what happened to FeatBit, which hears of variations, users and metrics, and of nothing
 * else.
 *
 * @param http what is posted over; closed with this
 * @param insights where to
 * @param settings how
 */
record FeatBitSinks(Http http, Request insights, InsightSettings settings) implements Sinks {
  private static final Delivery DELIVERED = Delivery.of(Fate.DELIVERED);

  @Override
  public Recorder.Settings fitted(Recorder.Settings wanted) {
    return settings.fitted(wanted);
  }

  @Override
  public Recorder.Pause paused(Recorder.Pause usual) {
    return settings.paused(usual);
  }

  @Override
  public boolean keep() {
    return settings.enabled();
  }

  @Override
  public CompletableFuture<Delivery> impressions(ImpressionMode mode, List<Served> batch) {
    return post(InsightDocument.served(batch));
  }

  @Override
  public CompletableFuture<Delivery> events(List<Event> batch) {
    return post(InsightDocument.told(batch));
  }

  private CompletableFuture<Delivery> post(byte[] document) {
    return http.post(insights.json(document)).thenApply(FeatBitSinks::delivery);
  }

  private static Delivery delivery(Outcome<?> outcome) {
    if (!(outcome instanceof Failure<?> failure)) {
      return DELIVERED;
    }
    Trouble trouble = failure.trouble();
    if (trouble instanceof Trouble.Status answered) {
      Fate fate = Fate.ofStatus(answered.status());
      return new Delivery(fate, answered.retryAfter(), trouble + advice(answered.status()));
    }
    Fate fate = trouble.lasting() ? Fate.TRY_MUCH_LATER : Fate.TRY_AGAIN;
    return new Delivery(fate, null, trouble.toString());
  }

  private static String advice(int status) {
    return switch (status) {
      case 401, 403 -> " (FeatBit refuses the secret; use the server secret of the environment)";
      case 404 -> " (there is no such service; check the events address of FeatBit)";
      default -> "";
    };
  }

  @Override
  public CompletableFuture<Delivery> counts(List<Count> batch) {
    return completedFuture(DELIVERED);
  }

  @Override
  public CompletableFuture<Delivery> uniqueKeys(List<Keys> batch) {
    return completedFuture(DELIVERED);
  }

  @Override
  public CompletableFuture<Delivery> config(ConfigReport report) {
    return completedFuture(DELIVERED);
  }

  @Override
  public CompletableFuture<Delivery> usage(UsageReport report) {
    return completedFuture(DELIVERED);
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
  public void close() {
    http.close();
  }
}
