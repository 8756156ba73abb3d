package io.splitio.client;

import io.splitio.api.Evaluation;
import io.splitio.api.FlagChangeListener;
import io.splitio.api.Key;
import io.splitio.backend.Source;
import io.splitio.engine.Evaluator;
import io.splitio.engine.Failures;
import io.splitio.engine.Fallbacks;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import io.splitio.record.Event;
import io.splitio.record.Event.Insight;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Decides without recording, and records what the caller made use of: for APIs that look at a
 * decision before they hand it on.
 */
public final class Decisions {
  private final Surroundings surroundings;
  private final Source source;
  private final Readiness readiness;
  private final Recording recording;
  private final Fallbacks fallbacks;
  private final LoggedMishaps mishaps;
  private final Evaluator evaluator;

  Decisions(Source source, Answers answers, Surroundings surroundings) {
    this.surroundings = surroundings;
    this.source = source;
    this.readiness = answers.readiness();
    this.recording = answers.recording();
    this.fallbacks = answers.fallbacks();
    this.mishaps = answers.mishaps();
    this.evaluator = new Evaluator(fallbacks, mishaps);
  }

  /** What the instance does for other APIs. */
  public interface Surroundings {
    /** Sends what is recorded, in the background. */
    void flush();

    /** Tells a listener of changes from now on, with each registration once. */
    void listen(FlagChangeListener listener);

    /** Takes one registration back. */
    void ignore(FlagChangeListener listener);

    /** Runs what is the application's: one task at a time, in order. */
    Executor listeners();
  }

  /** What the instance does besides. */
  public Surroundings surroundings() {
    return surroundings;
  }

  /** Where definitions come from. */
  public Source source() {
    return source;
  }

  /** Whether there ever were definitions. */
  public boolean initialized() {
    return readiness.isReady();
  }

  /** Whether there are definitions, and the instance is not at its end. */
  public boolean ready() {
    return readiness.isReady() && !readiness.isDestroyed();
  }

  /** Whether there is a flag of that name. */
  public boolean knows(@Nullable String flag) {
    return ready() && flag != null && source.snapshot("", flag).flag(flag) != null;
  }

  /**
   * What a flag decides for a key; a fallback or control when there are no definitions, no such
   * flag, or no key. Never throws.
   */
  public Evaluation decide(
      @Nullable Key key, @Nullable String flag, Map<String, Object> attributes) {
    String name = flag == null ? "" : flag;
    try {
      if (readiness.isDestroyed()) {
        return fallbacks.notReady(name);
      }
      Snapshot snapshot = source.snapshot(key == null ? "" : key.matchingKey(), name);
      FeatureFlag found = snapshot.flag(name);
      if (found == null) { // one that is there decides, also for who is told of the first ones
        return readiness.isReady() ? fallbacks.missing(name) : fallbacks.notReady(name);
      }
      return key == null
          ? fallbacks.refused(name)
          : evaluator.evaluate(snapshot, found, key, attributes);
    } catch (Throwable cause) {
      Failures.rethrowIfFatal(cause);
      mishaps.failed(name, cause);
      return fallbacks.failed(name, null);
    }
  }

  /** What is configured to be served when that very flag decides nothing, or null. */
  public @Nullable String fallback(@Nullable String flag) {
    return fallbacks.own(flag);
  }

  /** What every flag decides for a key, all of one moment. */
  public Map<String, Evaluation> decideAll(Key key, Map<String, Object> attributes) {
    Map<String, Evaluation> decisions = new HashMap<>();
    Snapshot snapshot = source.snapshot(Questions.everything(key));
    snapshot.forEachFlag(
        flag -> decisions.put(flag.name(), evaluator.evaluate(snapshot, flag, key, attributes)));
    return decisions;
  }

  /** Takes what the application tells of; false when it comes too late or finds no room. */
  public boolean tell(Insight insight) {
    if (readiness.isDestroyed()) {
      return false;
    }
    String name = insight.metrics().isEmpty() ? "" : insight.metrics().get(0).name();
    long now = recording.time().at(System.nanoTime());
    String key = insight.person().key();
    return recording.events().offer(new Event(key, "user", name, null, Map.of(), now, insight));
  }

  /** Records a decision that was handed on. Never throws. */
  public void record(Key key, String flag, Evaluation decision, Map<String, Object> attributes) {
    try {
      if (!readiness.isDestroyed()) {
        recording.impressions().record(key, flag, decision, attributes, System.nanoTime());
      }
    } catch (Throwable cause) {
      Failures.rethrowIfFatal(cause);
      mishaps.failed(flag, cause);
    }
  }
}
