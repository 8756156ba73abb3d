package io.splitio.fake.data;

import io.splitio.fake.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A feature flag in the making: {@code Flag.named("banner").inSegment("beta",
 * "on").otherwise("off")}. Conditions apply in the order in which they are added.
 */
public final class Flag {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
  private final List<Object> conditions = new ArrayList<>();
  private final Map<String, String> configurations = new LinkedHashMap<>();
  private final List<Object> prerequisites = new ArrayList<>();

  private final String name;

  private Flag(String name) {
    this.name = name;
    fields.put("name", name);
    fields.put("trafficTypeName", "user");
    fields.put("status", "ACTIVE");
    fields.put("killed", false);
    fields.put("defaultTreatment", "off");
    fields.put("changeNumber", -1L);
    fields.put("algo", 2);
    fields.put("seed", 31 * name.hashCode() + 7);
    fields.put("trafficAllocation", 100);
    fields.put("trafficAllocationSeed", 17 * name.hashCode() + 3);
    fields.put("configurations", configurations);
    fields.put("sets", List.of());
    fields.put("impressionsDisabled", false);
    fields.put("prerequisites", prerequisites);
    fields.put("conditions", conditions);
  }

  /** An active flag of traffic type {@code user} whose default treatment is {@code off}. */
  public static Flag named(String name) {
    return new Flag(name);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** These keys get this treatment. */
  public Flag forKeys(String treatment, String... keys) {
    return condition(
        Conditions.rollout("whitelisted", Conditions.keys(List.of(keys)), Map.of(treatment, 100)));
  }

  /** The members of a segment get this treatment. */
  public Flag inSegment(String segment, String treatment) {
    return condition(
        Conditions.rollout(
            "in segment " + segment, Conditions.segment(segment), Map.of(treatment, 100)));
  }

  /** The members of a rule-based segment get this treatment. */
  public Flag inRuleBasedSegment(String segment, String treatment) {
    return condition(
        Conditions.rollout(
            "in rule-based segment " + segment,
            Conditions.ruleBasedSegment(segment),
            Map.of(treatment, 100)));
  }

  /** Everybody else gets this treatment. */
  public Flag otherwise(String treatment) {
    return split(Map.of(treatment, 100));
  }

  /**
   * Everybody else gets one of these treatments, by weights that add up to 100. The order of the
   * treatments, which decides who gets which, is that of a map with an order of its own ({@link
   * LinkedHashMap}, a sorted one), and otherwise by name.
   */
  public Flag split(Map<String, Integer> weights) {
    boolean ordered = weights instanceof LinkedHashMap || weights instanceof SortedMap;
    return condition(
        Conditions.rollout(
            "default rule", Conditions.everyone(), ordered ? weights : new TreeMap<>(weights)));
  }

  /** Everybody else gets one of two treatments, in this order, by weights that add up to 100. */
  public Flag split(String first, int weight, String second, int weightOfSecond) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    weights.put(first, weight);
    weights.put(second, weightOfSecond);
    return split(weights);
  }

  /** A condition as the protocol's JSON. */
  public Flag condition(String json) {
    return condition(Json.object(json));
  }

  /** What those get who are not in the traffic allocation, and all when the flag is killed. */
  public Flag defaultTreatment(String treatment) {
    return with("defaultTreatment", treatment);
  }

  /** The configuration that goes with a treatment. */
  public Flag configuration(String treatment, String configuration) {
    configurations.put(treatment, configuration);
    return this;
  }

  /** The flag sets it belongs to. */
  public Flag sets(String... sets) {
    return with("sets", List.of(sets));
  }

  /** It applies only to those who get one of these treatments of another flag. */
  public Flag prerequisite(String flag, String... treatments) {
    Map<String, Object> prerequisite = new LinkedHashMap<>();
    prerequisite.put("n", flag);
    prerequisite.put("ts", List.of(treatments));
    prerequisites.add(prerequisite);
    return this;
  }

  /** Its impressions are counted only. */
  public Flag impressionsDisabled() {
    return with("impressionsDisabled", true);
  }

  /** Any other member of the definition. */
  public Flag with(String member, @Nullable Object value) {
    fields.put(member, value);
    return this;
  }

  /** The definition as the protocol's JSON. */
  public String json() {
    return Json.write(fields);
  }

  private Flag condition(Map<String, @Nullable Object> condition) {
    conditions.add(condition);
    return this;
  }
}
