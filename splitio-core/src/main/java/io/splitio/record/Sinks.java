package io.splitio.record;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.splitio.api.Evaluation;
import io.splitio.api.ImpressionMode;
import io.splitio.api.Key;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.UsageReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where a backend takes what happened. Each method sends one batch, which is not empty, at once and
 * without trying again; its future says what became of it and never fails. A batch of which an item
 * cannot even be written down is told to be halved, so that the bad item ends up alone.
 */
public interface Sinks {

  /**
   * How often a flag was served in an hour.
   *
   * @param flag the flag
   * @param hour the start of the hour, in milliseconds since 1970
   * @param count how often
   */
  record Count(String flag, long hour, long count) {}

  /**
   * Who was served a flag.
   *
   * @param flag the flag
   * @param keys matching keys, each once
   */
  record Keys(String flag, List<String> keys) {}

  /** What a service wants to know of what was served. Asked by whoever evaluates. */
  interface Interest {
    /** Whether it wants to know of an evaluation at all. */
    default boolean in(Evaluation evaluation) {
      return true;
    }

    /** What it is told beyond what all services are told, or null; does not fail. */
    default Served.@Nullable Insight into(
        Key key, Evaluation evaluation, Map<String, Object> attributes) {
      return null;
    }
  }

  /** An interest in what all services are told, and nothing else. */
  Interest USUAL_INTEREST = new Interest() {};

  /**
   * How much to send at once, and how often, where that is not for the application to say.
   *
   * @param most the most items to send at once
   * @param items how often impressions and events are sent
   * @param sums how often counts and unique keys are sent
   * @param usage how often the SDK reports how it is doing
   */
  record Pace(int most, Duration items, Duration sums, Duration usage) {}

  /** The pace of its own that this backend has, or null. */
  default @Nullable Pace pace() {
    return null;
  }

  /** Takes what was served, in a mode that the service wants to know. */
  CompletableFuture<Delivery> impressions(ImpressionMode mode, List<Served> batch);

  /** Takes how often flags were served beyond that. */
  CompletableFuture<Delivery> counts(List<Count> batch);

  /** Takes who was served flags whose impressions are only counted. */
  CompletableFuture<Delivery> uniqueKeys(List<Keys> batch);

  /** Takes what the application told of. */
  CompletableFuture<Delivery> events(List<Event> batch);

  /** Takes how the SDK is set up. */
  CompletableFuture<Delivery> config(ConfigReport report);

  /** Takes how the SDK is doing. */
  CompletableFuture<Delivery> usage(UsageReport report);

  /** The settings with which it is recorded, given those the application wants. */
  default Recorder.Settings fitted(Recorder.Settings wanted) {
    return wanted;
  }

  /** How long to leave the service alone after a trouble, given how long that usually is. */
  default Recorder.Pause paused(Recorder.Pause usual) {
    return usual;
  }

  /** Whether anything is kept of what they take, so that it is worth collecting. */
  default boolean keep() {
    return true;
  }

  /** Gives back what it holds of the machine, such as connections, until {@link #resume()}. */
  default void suspend() {}

  /** Takes again after {@link #suspend()}. */
  default void resume() {}

  /** Gives back what it holds of the machine within the time that is left; takes nothing more. */
  default void close(Duration left) {
    close();
  }

  /** Gives back what it holds of the machine; takes nothing any more. */
  default void close() {}

  /** Accepts everything and keeps nothing. */
  static Sinks none() {
    return None.NONE;
  }

  /** Nobody to send anything to. */
  enum None implements Sinks {
    /** The only one. */
    NONE;

    private static final Delivery DELIVERED = Delivery.of(Delivery.Fate.DELIVERED);

    @Override
    public CompletableFuture<Delivery> impressions(ImpressionMode mode, List<Served> batch) {
      return completedFuture(DELIVERED);
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
    public CompletableFuture<Delivery> events(List<Event> batch) {
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
    public boolean keep() {
      return false;
    }
  }
}
