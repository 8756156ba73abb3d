package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.record.Strategy.Memory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Takes impressions on behalf of a service: whatever the mode wants sent goes into an outbox, and
 * whoever listens hears of all of them.
 *
 * <p>An impression that is neither sent nor heard leaves no object behind: it is one write to the
 * table of what was seen, and two to striped counters.
 */
final class SentImpressions implements ImpressionRecorder {
  private final Sinks.Interest interest;
  private final Strategy mode;
  private final boolean labels;
  private final Memory memory;
  private final Outbox<Served> outbox;
  private final @Nullable HeardImpressions listeners;
  private final Clock clock;
  private final LongAdder deduplicated = new LongAdder();

  SentImpressions(
      Recorder.Settings settings,
      Memory memory,
      Outbox<Served> outbox,
      @Nullable HeardImpressions listeners,
      Clock clock) {
    this.interest = settings.interest();
    this.mode = Strategy.of(settings.mode());
    this.labels = settings.labels();
    this.memory = memory;
    this.outbox = outbox;
    this.listeners = listeners;
    this.clock = clock;
  }

  @Override
  public void record(
      Key key,
      String flag,
      Evaluation evaluation,
      Map<String, Object> attributes,
      Map<String, Object> properties) {
    if (!interest.in(evaluation)) {
      if (listeners != null) {
        listeners.record(key, flag, evaluation, attributes, properties);
      }
    } else if (mode == Strategy.NONE) {
      count(key, flag, evaluation, attributes, properties);
    } else {
      send(key, flag, evaluation, attributes, properties);
    }
  }

  private void send(
      Key key,
      String flag,
      Evaluation evaluation,
      Map<String, Object> attributes,
      Map<String, Object> properties) {
    boolean unique = !properties.isEmpty();
    if (listeners == null && (unique || mode.sendsAll()) && outbox.turnsAway()) {
      return;
    }
    long now = clock.millis();
    long previous = unique ? SeenTable.NEVER : mode.note(memory, key, flag, evaluation, now);
    boolean sent = unique || mode.sends(previous, now);
    if (!sent) {
      deduplicated.increment();
      if (listeners == null) {
        return; // almost always
      }
    }
    Served served =
        new Served(
            flag,
            key.matchingKey(),
            key.bucketingKey(),
            evaluation.treatment(),
            labels ? evaluation.label() : null,
            evaluation.changeNumber(),
            now,
            previous,
            properties,
            interest.into(key, evaluation, attributes));
    tell(served, attributes);
    if (sent && !outbox.offer(served) && !unique) { // what is not taken is counted
      mode.forget(memory, key, flag, evaluation);
    }
  }

  @Override
  public void count(
      Key key,
      String flag,
      Evaluation evaluation,
      Map<String, Object> attributes,
      Map<String, Object> properties) {
    Strategy.NONE.note(memory, key, flag, evaluation, clock.millis());
    if (listeners != null) {
      listeners.count(key, flag, evaluation, attributes, properties);
    }
  }

  private void tell(Served served, Map<String, Object> attributes) {
    if (listeners != null) {
      listeners.hear(served, attributes);
    }
  }

  /** How many impressions were only counted, because the same was sent before. */
  long deduplicated() {
    return deduplicated.sum();
  }

  /** The outbox has an end of its own. */
  @Override
  public void close(Duration timeout) {}
}
