package io.splitio.backend.featbit.rule;

import io.splitio.api.Evaluation;
import io.splitio.api.Evaluation.Variation;
import io.splitio.api.SplitResult;
import io.splitio.backend.featbit.rule.FlagDefinition.Portion;
import io.splitio.backend.featbit.rule.FlagDefinition.Rule;
import io.splitio.backend.featbit.rule.FlagDefinition.Serving;
import io.splitio.backend.featbit.rule.FlagDefinition.Target;
import io.splitio.backend.featbit.rule.FlagDefinition.Value;
import io.splitio.backend.featbit.rule.Intervals.Outcomes;
import io.splitio.backend.featbit.rule.Intervals.Share;
import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Rollout;
import io.splitio.flag.StringMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a flag of the common model: off is killed, each target and each rule is a condition, and so
 * is what is left, the last one (FeatBit specification 10.1).
 */
final class FlagCompiler {
  private static final String JSON = "json";

  private final FlagDefinition flag;
  private final Map<String, Value> variations = new HashMap<>();

  FlagCompiler(FlagDefinition flag) {
    this.flag = flag;
    flag.variations().forEach(variation -> variations.putIfAbsent(variation.id(), variation));
  }

  FeatureFlag compile() {
    Value disabled = variation(flag.disabledVariationId());
    FeatureFlag.Builder compiled =
        FeatureFlag.named(flag.key())
            .changeNumber(flag.version())
            .configs(configs())
            .conditions(conditions(disabled));
    if (disabled != null) {
      compiled
          .defaultTreatment(disabled.value())
          .killed(!flag.on())
          .whenKilled(outcome(disabled, Reasons.FLAG_OFF, false));
    }
    return compiled.build();
  }

  private Map<String, String> configs() {
    Map<String, String> configs = new HashMap<>();
    if (JSON.equals(flag.type())) {
      variations.values().forEach(variation -> configs.put(variation.value(), variation.value()));
    }
    return configs;
  }

  private List<Condition> conditions(@Nullable Value disabled) {
    if (!flag.on() && disabled == null) {
      String reason = "its variation while off, " + flag.disabledVariationId() + ", does not exist";
      return List.of(condition(Reasons.FLAG_OFF, List.of(), new NoVariation(reason)));
    }
    List<Condition> conditions = new ArrayList<>();
    flag.targets().forEach(target -> conditions.add(condition(target)));
    Rollout rest = rollout(flag.fallthrough(), Reasons.FALLTHROUGH, null);
    for (Rule rule : flag.rules()) {
      conditions.add(
          condition(
              Reasons.RULE_MATCH,
              Criteria.of(rule.conditions()),
              rollout(rule.serving(), Reasons.RULE_MATCH, rest)));
    }
    conditions.add(condition(Reasons.FALLTHROUGH, List.of(), rest));
    return conditions;
  }

  private Condition condition(Target target) {
    Value value = variation(target.variationId());
    Rollout rollout =
        value == null
            ? new NoVariation("the target " + target.variationId() + " is no variation of the flag")
            : new Rollout.Everyone(outcome(value, Reasons.TARGET_MATCH, flag.experimentForAll()));
    StringMatcher listed = new StringMatcher.OneOf(target.keys());
    return condition(Reasons.TARGET_MATCH, List.of(new Criterion.OfKey(listed, false)), rollout);
  }

  private static Condition condition(String reason, List<Criterion> criteria, Rollout rollout) {
    return new Condition(Condition.Type.WHITELIST, reason, criteria, rollout);
  }

  /** Who is in no interval of a rule gets what those get whom no rule is for. */
  private Rollout rollout(Serving serving, String reason, @Nullable Rollout rest) {
    List<Share> shares = new ArrayList<>();
    for (Portion portion : serving.portions()) {
      if (portion.to() > portion.from()) { // never true of what is no interval
        shares.add(share(portion, serving, reason));
      }
    }
    return new Intervals(flag.key(), Property.dispatching(serving.dispatchKey()), shares, rest);
  }

  private Share share(Portion portion, Serving serving, String reason) {
    Value value = variation(portion.variationId());
    Outcomes outcomes =
        value == null
            ? null
            : new Outcomes(outcome(value, reason, false), outcome(value, reason, true));
    return new Share(portion.from(), portion.to(), experiment(portion, serving), outcomes);
  }

  /** The part of the users of an interval who are in an experiment. */
  private double experiment(Portion portion, Serving serving) {
    if (flag.experimentForAll()) {
      return 1;
    }
    return serving.experiment()
        ? Math.min(1, portion.experiment() / (portion.to() - portion.from()))
        : 0;
  }

  private @Nullable Value variation(@Nullable String id) {
    return id == null ? null : variations.get(id);
  }

  private Evaluation outcome(Value value, String reason, boolean experiment) {
    String config = JSON.equals(flag.type()) ? value.value() : null;
    Variation variation = new Variation(value.id(), flag.type(), flag.name(), experiment);
    return new Evaluation(
        new SplitResult(value.value(), config), reason, flag.version(), variation);
  }
}
