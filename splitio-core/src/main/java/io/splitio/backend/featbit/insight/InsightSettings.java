package io.splitio.backend.featbit.insight;

import static java.util.Objects.requireNonNull;

import io.splitio.api.Evaluation;
import io.splitio.api.ImpressionMode;
import io.splitio.api.Key;
import io.splitio.backend.featbit.rule.Profile;
import io.splitio.record.Recorder;
import io.splitio.record.Recorder.Queueing;
import io.splitio.record.Served;
import io.splitio.record.Sinks;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How insights are kept and sent (FeatBit specification 1.2).
 *
 * @param enabled whether there are any
 * @param capacity how many of each kind may wait or be under way
 * @param flushInterval how often they are sent
 * @param retryInterval how soon what was not delivered is tried again
 * @param retries how often that soon, before the pauses grow
 */
public record InsightSettings(
    boolean enabled, int capacity, Duration flushInterval, Duration retryInterval, int retries) {
  /** How many events one request has at most. */
  public static final int EVENTS_PER_REQUEST = 50;

  private static final int REQUESTS_AT_ONCE = 5;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(3);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);
  private static final int MOST_RETRIES = 3;
  private static final int OBSERVED = 500; // for listeners; nobody else asks what was seen before

  /** As FeatBit's SDKs do, by default. */
  public static final InsightSettings USUAL =
      new InsightSettings(true, 10_000, Duration.ofSeconds(1), Duration.ofMillis(100), 1);

  /** Checks that each is within its limits. */
  public InsightSettings {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "the capacity for events is " + capacity + "; it must be at least 1");
    }
    within("flush interval", flushInterval, LONGEST_FLUSH);
    within("retry interval", retryInterval, LONGEST_RETRY);
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException(
          "the number of quick retries is " + retries + "; it must be from 0 to " + MOST_RETRIES);
    }
  }

  private static void within(String what, Duration value, Duration longest) {
    requireNonNull(value, () -> "the " + what + " of events is null");
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "the %s of events is %s; it must be at least 1 ms and at most %d s"
              .formatted(what, value, longest.toSeconds()));
    }
  }

  /** None are kept or sent. */
  public InsightSettings withoutAny() {
    return new InsightSettings(false, capacity, flushInterval, retryInterval, retries);
  }

  /** The same with another capacity. */
  public InsightSettings withCapacity(int other) {
    return new InsightSettings(enabled, other, flushInterval, retryInterval, retries);
  }

  /** The same, sent at another interval. */
  public InsightSettings withFlushInterval(Duration other) {
    return new InsightSettings(enabled, capacity, other, retryInterval, retries);
  }

  /** The same with other quick retries. */
  public InsightSettings withRetries(int times, Duration interval) {
    return new InsightSettings(enabled, capacity, flushInterval, interval, times);
  }

  /** Each evaluation is sent, unless none is wanted; FeatBit has no other modes. */
  public Recorder.Settings fitted(Recorder.Settings wanted) {
    ImpressionMode mode =
        wanted.mode() == ImpressionMode.NONE ? ImpressionMode.NONE : ImpressionMode.DEBUG;
    Queueing queueing =
        new Queueing(capacity, REQUESTS_AT_ONCE * EVENTS_PER_REQUEST, flushInterval);
    int observed = wanted.listeners().isEmpty() ? 0 : OBSERVED;
    return wanted.sent(mode, observed, queueing, OfVariations.ONLY);
  }

  /** Tries quickly at first, and then after the usual pauses. */
  public Recorder.Pause paused(Recorder.Pause usual) {
    return new QuickRetries(retries, retryInterval, usual);
  }

  /** Defaults were not served by FeatBit, which hears of its variations only. */
  private enum OfVariations implements Sinks.Interest {
    ONLY;

    @Override
    public boolean in(Evaluation evaluation) {
      return evaluation.variation() != null;
    }

    @Override
    public Served.@Nullable Insight into(
        Key key, Evaluation evaluation, Map<String, Object> attributes) {
      Evaluation.Variation variation = evaluation.variation();
      return variation == null
          ? null
          : new Served.Insight(Profile.of(key.matchingKey(), attributes), variation);
    }
  }
}
