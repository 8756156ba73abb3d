package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.record.Strategy.Memory;
import io.splitio.telemetry.TimeOfDay;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Takes impressions on behalf of a service: whatever the mode wants sent goes into an outbox, and
 * whoever listens hears of all of them.
 *
 * <p>An impression that is neither sent nor heard leaves no object behind: it is a look at the
 * table of what was seen, and two writes to striped counters.
 */
final class SentImpressions implements ImpressionRecorder {
  private final Sinks.Interest interest;
  private final Strategy mode;
  private final boolean labels;
  private final Memory memory;
  private final Outbox<Served> outbox;
  private final HeardImpressions.@Nullable Telling told;
  private final TimeOfDay time;
  private final LongAdder deduplicated;
  private final Map<String, Object> properties;

  SentImpressions(
      Recorder.Settings settings,
      Memory memory,
      Outbox<Served> outbox,
      @Nullable HeardImpressions listeners,
      TimeOfDay time) {
    this.interest = settings.interest();
    this.mode = Strategy.of(settings.mode());
    this.labels = settings.labels();
    this.memory = memory;
    this.outbox = outbox;
    this.told = listeners == null ? null : listeners.impressions();
    this.time = time;
    this.deduplicated = new LongAdder();
    this.properties = Map.of();
  }

  private SentImpressions(SentImpressions same, Map<String, Object> properties) {
    this.interest = same.interest;
    this.mode = same.mode;
    this.labels = same.labels;
    this.memory = same.memory;
    this.outbox = same.outbox;
    this.told = same.told;
    this.time = same.time;
    this.deduplicated = same.deduplicated;
    this.properties = properties;
  }

  @Override
  public ImpressionRecorder with(Map<String, Object> others) {
    return new SentImpressions(this, others);
  }

  @Override
  public void record(
      Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment) {
    if (!interest.in(evaluation)) {
      tell(key, flag, evaluation, attributes, moment);
    } else if (mode == Strategy.NONE) {
      count(key, flag, evaluation, attributes, moment);
    } else {
      send(key, flag, evaluation, attributes, moment);
    }
  }

  private void send(
      Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment) {
    boolean unique = !properties.isEmpty();
    if (told == null && (unique || mode.sendsAll()) && outbox.turnsAway()) {
      return;
    }
    long now = time.at(moment);
    long previous = unique ? SeenTable.NEVER : mode.note(memory, key, flag, evaluation, now);
    boolean sent = unique || mode.sends(previous, now);
    if (!sent) {
      deduplicated.increment();
      if (told == null) {
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
    if (told != null) {
      told.listeners().hear(served, attributes);
    }
    if (sent && !outbox.offer(served) && !unique) { // what is not taken is counted
      mode.forget(memory, key, flag, evaluation);
    }
  }

  @Override
  public void count(
      Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment) {
    Strategy.NONE.note(memory, key, flag, evaluation, time.at(moment));
    tell(key, flag, evaluation, attributes, moment);
  }

  private void tell(
      Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment) {
    if (told != null) {
      ImpressionRecorder along = properties.isEmpty() ? told : told.with(properties);
      along.record(key, flag, evaluation, attributes, moment);
    }
  }

  /** How many impressions were only counted, because the same was sent before. */
  long deduplicated() {
    return deduplicated.sum();
  }
}
