package io.splitio.benchmarks.contest;

import io.splitio.fake.data.Flag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What all contestants are asked: 1,000 flags, each a rollout by halves, and 100 more with five
 * rules; 10,000 keys; the same attributes. Each key goes with one flag of each kind, so that after
 * the first round every impression is one that was seen before.
 */
public final class Contest {
  /** How many flags are rollouts and nothing more. */
  public static final int ROLLOUTS = 1_000;

  /** How many flags have five rules. */
  public static final int RULES = 100;

  /** How many keys there are. */
  public static final int KEYS = 10_000;

  /** The flag set of the first hundred rollouts. */
  public static final String HUNDRED = "hundred";

  /** The segment that rules ask about; its members are none of the keys. */
  public static final String SEGMENT = "staff";

  /** How many keys it has. */
  public static final int MEMBERS = 1_000;

  /** What each question comes with; only the last rule of five lets it pass. */
  public static final Map<String, Object> ATTRIBUTES =
      Map.of("plan", "gold", "age", 30, "tags", Set.of("berlin", "retail"));

  private static final long ORDER = 42;

  private Contest() {}

  /** The name of a rollout. */
  public static String rollout(int number) {
    return "flag-" + number % ROLLOUTS;
  }

  /** The name of a flag with five rules. */
  public static String rules(int number) {
    return "rules-" + number % RULES;
  }

  /** The seed of a flag's rollout. */
  static int seed(String flag) {
    return 31 * flag.hashCode() + 7;
  }

  /** The keys, in an order that says nothing of their flags. */
  public static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int number = 0; number < KEYS; number++) {
      keys.add("customer-" + (100_000 + number));
    }
    Collections.shuffle(keys, new Random(ORDER));
    return keys;
  }

  /** The definition of a rollout; the first hundred belong to a flag set. */
  static Flag rolloutFlag(int number) {
    Flag flag = Flag.named(rollout(number)).with("seed", seed(rollout(number)));
    return (number < 100 ? flag.sets(HUNDRED) : flag).split("on", 50, "off", 50);
  }

  /** The definition of a flag with five rules: text, number, set, segment, rollout. */
  static Flag rulesFlag(int number) {
    return Flag.named(rules(number))
        .with("seed", seed(rules(number)))
        .condition(condition("plan", "WHITELIST", TEXTS))
        .condition(condition("age", "GREATER_THAN_OR_EQUAL_TO", NUMBER))
        .condition(condition("tags", "CONTAINS_ANY_OF_SET", TEXTS))
        .inSegment(SEGMENT, "on")
        .split("on", 50, "off", 50);
  }

  /** None of the attributes is among these. */
  static final List<String> LISTED = List.of("silver", "bronze", "trial", "paris", "wholesale");

  /** No customer is as old as this. */
  static final int AGE = 65;

  private static final String TEXTS =
      "\"whitelistMatcherData\":{\"whitelist\":[\"" + String.join("\",\"", LISTED) + "\"]}";
  private static final String NUMBER =
      "\"unaryNumericMatcherData\":{\"dataType\":\"NUMBER\",\"value\":" + AGE + "}";

  private static String condition(String attribute, String matcher, String data) {
    return """
    {"conditionType":"ROLLOUT","label":"%s","matcherGroup":{"combiner":"AND","matchers":[
    {"keySelector":{"trafficType":"user","attribute":"%s"},"matcherType":"%s","negate":false,%s}]},
    "partitions":[{"treatment":"on","size":100}]}\
    """
        .formatted(attribute, attribute, matcher, data);
  }

  /** The keys of the segment. */
  static List<String> members() {
    List<String> members = new ArrayList<>();
    for (int number = 0; number < MEMBERS; number++) {
      members.add("colleague-" + number);
    }
    return members;
  }
}
