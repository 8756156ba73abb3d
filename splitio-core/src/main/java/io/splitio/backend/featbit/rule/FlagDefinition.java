package io.splitio.backend.featbit.rule;

import io.splitio.flag.FeatureFlag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag as FeatBit delivers it (FeatBit specification 2.4).
 *
 * @param key what it is asked for by
 * @param version when it was changed last
 * @param name its name, as people read it
 * @param type what its values are
 * @param on whether targets and rules are looked at
 * @param disabledVariationId what is served otherwise
 * @param experimentForAll whether everybody counts for experiments
 * @param variations what can be served
 * @param targets users that are listed
 * @param rules in order
 * @param fallthrough for everybody else
 */
public record FlagDefinition(
    String key,
    long version,
    String name,
    String type,
    boolean on,
    @Nullable String disabledVariationId,
    boolean experimentForAll,
    List<Value> variations,
    List<Target> targets,
    List<Rule> rules,
    Serving fallthrough) {

  /**
   * A variation.
   *
   * @param id its id
   * @param value its value as text, whatever the type
   */
  public record Value(String id, String value) {}

  /**
   * Users that are listed.
   *
   * @param keys their keys
   * @param variationId what they get
   */
  public record Target(List<String> keys, @Nullable String variationId) {}

  /**
   * A rule.
   *
   * @param conditions all must hold
   * @param serving what is served then
   */
  public record Rule(List<ConditionDefinition> conditions, Serving serving) {}

  /**
   * How users are shared out.
   *
   * @param dispatchKey the property that decides, or null for the key
   * @param experiment whether an experiment is made
   * @param portions in order
   */
  public record Serving(@Nullable String dispatchKey, boolean experiment, List<Portion> portions) {}

  /**
   * What some of the users get.
   *
   * @param variationId what
   * @param from the beginning of their interval
   * @param to its end
   * @param experiment how much of all users is in an experiment with it
   */
  public record Portion(@Nullable String variationId, double from, double to, double experiment) {}

  /** The flag in the common model. */
  public FeatureFlag compile() {
    return new FlagCompiler(this).compile();
  }
}
