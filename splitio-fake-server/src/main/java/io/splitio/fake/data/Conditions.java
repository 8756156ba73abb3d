package io.splitio.fake.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protocol's conditions and matchers, as JSON values. */
final class Conditions {
  private Conditions() {}

  /** A condition of a flag: who it matches gets treatments by weight. */
  static Map<String, @Nullable Object> rollout(
      String label, Map<String, @Nullable Object> matcher, Map<String, Integer> weights) {
    Map<String, @Nullable Object> condition = new LinkedHashMap<>();
    condition.put(
        "conditionType", "WHITELIST".equals(matcher.get("matcherType")) ? "WHITELIST" : "ROLLOUT");
    condition.put("label", label);
    condition.put("matcherGroup", group(matcher));
    List<Map<String, Object>> partitions = new ArrayList<>();
    weights.forEach((treatment, size) -> partitions.add(partition(treatment, size)));
    condition.put("partitions", partitions);
    return condition;
  }

  private static Map<String, Object> partition(String treatment, int size) {
    Map<String, Object> partition = new LinkedHashMap<>();
    partition.put("treatment", treatment);
    partition.put("size", size);
    return partition;
  }

  /** A condition of a rule-based segment: who it matches is a member. */
  static Map<String, @Nullable Object> membership(Map<String, @Nullable Object> matcher) {
    Map<String, @Nullable Object> condition = new LinkedHashMap<>();
    condition.put("conditionType", "ROLLOUT");
    condition.put("matcherGroup", group(matcher));
    return condition;
  }

  static Map<String, @Nullable Object> everyone() {
    return matcher("ALL_KEYS", null, null);
  }

  static Map<String, @Nullable Object> keys(List<String> keys) {
    return matcher("WHITELIST", "whitelistMatcherData", Map.of("whitelist", keys));
  }

  static Map<String, @Nullable Object> segment(String name) {
    return matcher("IN_SEGMENT", "userDefinedSegmentMatcherData", Map.of("segmentName", name));
  }

  static Map<String, @Nullable Object> ruleBasedSegment(String name) {
    return matcher(
        "IN_RULE_BASED_SEGMENT", "userDefinedSegmentMatcherData", Map.of("segmentName", name));
  }

  private static Map<String, @Nullable Object> group(Map<String, @Nullable Object> matcher) {
    Map<String, @Nullable Object> group = new LinkedHashMap<>();
    group.put("combiner", "AND");
    group.put("matchers", List.of(matcher));
    return group;
  }

  private static Map<String, @Nullable Object> matcher(
      String type, @Nullable String dataName, @Nullable Object data) {
    Map<String, @Nullable Object> selector = new LinkedHashMap<>();
    selector.put("trafficType", "user");
    selector.put("attribute", null);
    Map<String, @Nullable Object> matcher = new LinkedHashMap<>();
    matcher.put("keySelector", selector);
    matcher.put("matcherType", type);
    matcher.put("negate", false);
    if (dataName != null) {
      matcher.put(dataName, data);
    }
    return matcher;
  }
}
