package io.splitio.backend.featbit;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.splitio.api.ImpressionMode;
import io.splitio.backend.featbit.insight.InParts;
import io.splitio.backend.featbit.insight.InsightDocument;
import io.splitio.backend.featbit.insight.InsightSettings;
import io.splitio.backend.featbit.insight.Post;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Event;
import io.splitio.record.Recorder;
import io.splitio.record.Served;
import io.splitio.record.Sinks;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.UsageReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Takes what happened to FeatBit, which hears of variations, users and metrics, and of nothing
 * else.
 *
 * @param post where to; closed with this
 * @param settings how
 */
record FeatBitSinks(Post post, InsightSettings settings) implements Sinks {
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
    return InParts.of(batch, InsightDocument::served).sent(post::send);
  }

  @Override
  public CompletableFuture<Delivery> events(List<Event> batch) {
    return InParts.of(batch, InsightDocument::told).sent(post::send);
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
    post.suspend();
  }

  @Override
  public void resume() {
    post.resume();
  }

  @Override
  public void close(Duration left) {
    post.close(left);
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }
}
