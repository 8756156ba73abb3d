package io.splitio.client;

import io.splitio.api.Evaluation;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Key;
import io.splitio.api.TreatmentRequest;
import io.splitio.engine.Evaluator;
import io.splitio.engine.Fallbacks;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import io.splitio.engine.UnavailableException;
import io.splitio.flag.FeatureFlag;
import io.splitio.record.ImpressionRecorder;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers and records what one public method was asked.
 *
 * @param check checks and tells in the method's name
 * @param readiness whether a flag that is not known may still come
 * @param impressions takes what was served
 * @param fallbacks what is served when no flag decides
 * @param evaluator what is served otherwise
 */
record Answering(
    InputCheck check,
    Readiness readiness,
    ImpressionRecorder impressions,
    Fallbacks fallbacks,
    Evaluator evaluator) {

  /** One flag, asked for at a moment of {@link System#nanoTime()}. */
  Evaluation one(
      Snapshot snapshot,
      Key key,
      String name,
      @Nullable Map<String, Object> attributes,
      long moment) {
    return answer(snapshot, key, name, Answers.given(attributes), moment);
  }

  /**
   * The same where the caller sends something along; properties that nobody will read are not
   * looked at.
   */
  Answering sending(@Nullable EvaluationOptions options) {
    Map<String, Object> properties = impressions.isHeard() ? check.properties(options) : Map.of();
    return properties.isEmpty()
        ? this
        : new Answering(check, readiness, impressions.with(properties), fallbacks, evaluator);
  }

  /** Several flags, or those of flag sets. */
  <T> Map<String, T> many(
      Snapshot snapshot,
      TreatmentRequest request,
      Query query,
      Function<Evaluation, T> view,
      long moment) {
    Key key = request.key();
    if (key == null) {
      return new HashMap<>();
    }
    Collection<String> names =
        request.method().asksBySet() ? flagsIn(snapshot, query) : query.flags();
    Map<String, Object> seen = Answers.given(request.attributes());
    Answering answering = sending(request.options());
    Map<String, T> answers = new HashMap<>(names.size() * 4 / 3 + 1);
    for (String name : names) {
      answers.put(name, view.apply(answering.answer(snapshot, key, name, seen, moment)));
    }
    return answers;
  }

  private Evaluation answer(
      Snapshot snapshot, Key key, String name, Map<String, Object> attributes, long moment) {
    FeatureFlag flag;
    try {
      flag = snapshot.flag(name);
    } catch (UnavailableException cause) {
      Evaluation evaluation = evaluator.unavailable(name, cause);
      impressions.record(key, name, evaluation, attributes, moment);
      return evaluation;
    }
    if (flag == null) {
      return missing(key, name, attributes, moment);
    }
    Evaluation evaluation = evaluator.evaluate(snapshot, flag, key, attributes);
    String own = flag.name(); // was just compared, so that its characters are at hand
    if (flag.impressionsDisabled()) {
      impressions.count(key, own, evaluation, attributes, moment);
    } else {
      impressions.record(key, own, evaluation, attributes, moment);
    }
    return evaluation;
  }

  /** A flag that is not known: no impression, unless the definitions were not there yet. */
  private Evaluation missing(Key key, String name, Map<String, Object> attributes, long moment) {
    if (readiness.isReady()) {
      check.tell(Trouble.UNKNOWN_FLAG, name);
      return fallbacks.missing(name);
    }
    Evaluation evaluation = fallbacks.notReady(name);
    impressions.record(key, name, evaluation, attributes, moment);
    return evaluation;
  }

  private static Set<String> union(Set<String> names, Set<String> more) {
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(more);
    return all;
  }

  private Set<String> flagsIn(Snapshot snapshot, Query query) {
    Set<String> names = Set.of();
    for (String set : query.flagSets()) {
      Set<String> flags = flagsIn(snapshot, set);
      names = names.isEmpty() ? flags : union(names, flags);
    }
    return names;
  }

  /** A flag set that could not be had spoils no other. */
  private Set<String> flagsIn(Snapshot snapshot, String set) {
    try {
      Set<String> flags = snapshot.flagsIn(set);
      if (flags.isEmpty()) {
        check.tell(Trouble.EMPTY_FLAG_SET, set);
      }
      return flags;
    } catch (UnavailableException cause) {
      evaluator.unavailableSet(set, cause);
      check.tell(Trouble.FLAG_SET_UNAVAILABLE, set, cause.getMessage());
      return Set.of();
    }
  }
}
