package io.splitio.backend.localhost;

import io.splitio.api.Evaluation;
import io.splitio.api.SplitResult;
import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Labels;
import io.splitio.flag.Matcher;
import io.splitio.flag.Rollout;
import io.splitio.flag.StringMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A flag that says who gets what without percentages, as {@code .split} and YAML files have it:
 * lines for keys come first, the latest foremost, then those for everybody, of which the first one
 * counts (evaluation specification 12.2 and 12.3).
 */
final class StaticFlag {
  private static final String TRAFFIC_TYPE = "user";

  private final String name;
  private final Deque<Line> forKeys = new ArrayDeque<>();
  private final List<Line> forEverybody = new ArrayList<>();
  private final Map<String, String> configs = new HashMap<>();

  StaticFlag(String name) {
    this.name = name;
  }

  /** Who gets a treatment. */
  private record Line(Condition.Type type, Matcher matcher, String treatment) {}

  void forKeys(Set<String> keys, SplitResult result) {
    forKeys.addFirst(
        new Line(Condition.Type.WHITELIST, new StringMatcher.OneOf(keys), result.treatment()));
    configure(result);
  }

  void forEverybody(SplitResult result) {
    forEverybody.add(new Line(Condition.Type.ROLLOUT, new Matcher.Anything(), result.treatment()));
    configure(result);
  }

  private void configure(SplitResult result) {
    if (result.config() != null) {
      configs.put(result.treatment(), result.config());
    }
  }

  FeatureFlag build(String defaultTreatment) {
    FeatureFlag.Builder flag =
        FeatureFlag.named(name)
            .trafficType(TRAFFIC_TYPE)
            .defaultTreatment(defaultTreatment)
            .configs(configs);
    List<Condition> conditions = new ArrayList<>();
    forKeys.forEach(line -> conditions.add(condition(flag, line)));
    forEverybody.forEach(line -> conditions.add(condition(flag, line)));
    return flag.conditions(conditions).build();
  }

  private static Condition condition(FeatureFlag.Builder flag, Line line) {
    Evaluation outcome = flag.outcome(line.treatment(), Labels.DEFAULT_RULE);
    List<Criterion> criteria = List.of(new Criterion.OfKey(line.matcher(), false));
    return new Condition(line.type(), Labels.DEFAULT_RULE, criteria, new Rollout.Everyone(outcome));
  }
}
