package io.splitio.fake.data;

import io.splitio.fake.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule-based segment in the making: {@code RuleBasedSegment.named("vip").keys("u1", "u2")}. */
public final class RuleBasedSegment {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
  private final List<Object> conditions = new ArrayList<>();
  private final List<Object> excludedKeys = new ArrayList<>();
  private final List<Object> excludedSegments = new ArrayList<>();

  private RuleBasedSegment(String name) {
    Map<String, Object> excluded = new LinkedHashMap<>();
    excluded.put("keys", excludedKeys);
    excluded.put("segments", excludedSegments);
    fields.put("name", name);
    fields.put("trafficTypeName", "user");
    fields.put("status", "ACTIVE");
    fields.put("changeNumber", -1L);
    fields.put("excluded", excluded);
    fields.put("conditions", conditions);
  }

  /** An active rule-based segment without members. */
  public static RuleBasedSegment named(String name) {
    return new RuleBasedSegment(name);
  }

  /** Everybody is a member. */
  public RuleBasedSegment everyone() {
    return condition(Conditions.membership(Conditions.everyone()));
  }

  /** These keys are members. */
  public RuleBasedSegment keys(String... keys) {
    return condition(Conditions.membership(Conditions.keys(List.of(keys))));
  }

  /** The members of a segment are members. */
  public RuleBasedSegment segment(String name) {
    return condition(Conditions.membership(Conditions.segment(name)));
  }

  /** The members of another rule-based segment are members. */
  public RuleBasedSegment ruleBasedSegment(String name) {
    return condition(Conditions.membership(Conditions.ruleBasedSegment(name)));
  }

  /** A condition as the protocol's JSON. */
  public RuleBasedSegment condition(String json) {
    return condition(Json.object(json));
  }

  /** These keys are no members, whatever the conditions say. */
  public RuleBasedSegment excludeKeys(String... keys) {
    excludedKeys.addAll(List.of(keys));
    return this;
  }

  /** The members of a segment are no members, whatever the conditions say. */
  public RuleBasedSegment excludeSegment(String name) {
    return exclude("standard", name);
  }

  /** The members of a rule-based segment are no members, whatever the conditions say. */
  public RuleBasedSegment excludeRuleBasedSegment(String name) {
    return exclude("rule-based", name);
  }

  /** Any other member of the definition. */
  public RuleBasedSegment with(String member, @Nullable Object value) {
    fields.put(member, value);
    return this;
  }

  /** The definition as the protocol's JSON. */
  public String json() {
    return Json.write(fields);
  }

  private RuleBasedSegment exclude(String type, String name) {
    Map<String, Object> segment = new LinkedHashMap<>();
    segment.put("type", type);
    segment.put("name", name);
    excludedSegments.add(segment);
    return this;
  }

  private RuleBasedSegment condition(Map<String, @Nullable Object> condition) {
    conditions.add(condition);
    return this;
  }
}
