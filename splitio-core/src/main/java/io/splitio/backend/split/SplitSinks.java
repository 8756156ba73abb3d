package io.splitio.backend.split;

import io.splitio.api.ImpressionMode;
import io.splitio.backend.split.SplitApi.Endpoint;
import io.splitio.net.Http;
import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Trouble;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Event;
import io.splitio.record.Served;
import io.splitio.record.Sinks;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.UsageReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Takes what happened to Split's cloud.
 *
 * @param post posts documents
 * @param setup what reports say of the backend
 * @param line what it posts over
 */
record SplitSinks(Post post, Setup setup, Line line) implements Sinks {
  private static final String MODE = "SplitSDKImpressionsMode";

  /** Posts a document, as {@link SplitApi#post}. */
  @FunctionalInterface
  interface Post {
    /** Posts a document with headers beyond the usual. */
    CompletableFuture<Outcome<Integer>> document(
        Endpoint endpoint, byte[] document, Map<String, String> headers);
  }

  /**
   * What only the backend knows of how the SDK is set up.
   *
   * @param streaming whether streaming is wanted
   * @param flags how often flags are polled
   * @param segments how often segments are polled
   * @param endpoints the addresses in use
   * @param proxy whether a proxy is in use
   */
  record Setup(
      boolean streaming, Duration flags, Duration segments, Endpoints endpoints, boolean proxy) {}

  /** What is posted over, as far as it can be laid down and taken up again. */
  record Line(Runnable suspend, Runnable resume, Runnable close) {
    /** The line that HTTP is. */
    static Line of(Http http) {
      return new Line(http::suspend, http::resume, http::close);
    }
  }

  @Override
  public void suspend() {
    line.suspend.run();
  }

  @Override
  public void resume() {
    line.resume.run();
  }

  @Override
  public void close() {
    line.close.run();
  }

  @Override
  public CompletableFuture<Delivery> impressions(ImpressionMode mode, List<Served> batch) {
    return sent(Endpoint.IMPRESSIONS, Payloads.impressions(batch), Map.of(MODE, mode.name()));
  }

  @Override
  public CompletableFuture<Delivery> counts(List<Count> batch) {
    return sent(Endpoint.COUNTS, Payloads.counts(batch), Map.of());
  }

  @Override
  public CompletableFuture<Delivery> uniqueKeys(List<Keys> batch) {
    return sent(Endpoint.UNIQUE_KEYS, Payloads.uniqueKeys(batch), Map.of());
  }

  @Override
  public CompletableFuture<Delivery> events(List<Event> batch) {
    return sent(Endpoint.EVENTS, Payloads.events(batch), Map.of());
  }

  @Override
  public CompletableFuture<Delivery> config(ConfigReport report) {
    return sent(Endpoint.CONFIG, ReportPayloads.config(report, setup), Map.of());
  }

  @Override
  public CompletableFuture<Delivery> usage(UsageReport report) {
    return sent(Endpoint.USAGE, ReportPayloads.usage(report), Map.of());
  }

  private CompletableFuture<Delivery> sent(
      Endpoint endpoint, byte[] document, Map<String, String> headers) {
    return post.document(endpoint, document, headers).thenApply(SplitSinks::delivery);
  }

  /** What an outcome means for a batch (protocol specification 14.1, decision 20). */
  static Delivery delivery(Outcome<?> outcome) {
    if (!(outcome instanceof Failure<?> failure)) {
      return Delivery.of(Fate.DELIVERED);
    }
    Trouble trouble = failure.trouble();
    return trouble instanceof Trouble.Status answered
        ? Delivery.answered(answered.status(), answered.retryAfter(), trouble + advice(answered))
        : Delivery.unanswered(trouble.lasting(), trouble.toString());
  }

  private static String advice(Trouble.Status answered) {
    return switch (answered.status()) {
      case 401, 403 ->
          " (the service refuses the SDK key; use a server-side SDK key of the right environment)";
      case 404 -> " (there is no such service; check the addresses of events and telemetry)";
      default -> "";
    };
  }
}
