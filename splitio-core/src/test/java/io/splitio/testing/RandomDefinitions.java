package io.splitio.testing;

import static io.splitio.testing.JsonText.condition;
import static io.splitio.testing.JsonText.listed;
import static io.splitio.testing.JsonText.matcher;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.partition;
import static io.splitio.testing.JsonText.ruleBasedSegment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Random flags over all matcher types, that stay where both SDKs are meant to agree: no circles, no
 * malformed definitions. A definition only leads to those before it.
 */
public final class RandomDefinitions {
  private static final int BASE_FLAGS = 8;
  private static final int RULE_BASED = 12;
  private static final String[] TREATMENTS = {"on", "off", "v2", "control", "beta"};
  private static final String[] TYPES = {
    "ALL_KEYS",
    "ALL_KEYS",
    "IN_SEGMENT",
    "IN_RULE_BASED_SEGMENT",
    "WHITELIST",
    "STARTS_WITH",
    "ENDS_WITH",
    "CONTAINS_STRING",
    "MATCHES_STRING",
    "EQUAL_TO_SET",
    "PART_OF_SET",
    "CONTAINS_ALL_OF_SET",
    "CONTAINS_ANY_OF_SET",
    "EQUAL_TO_BOOLEAN",
    "EQUAL_TO",
    "GREATER_THAN_OR_EQUAL_TO",
    "LESS_THAN_OR_EQUAL_TO",
    "BETWEEN",
    "EQUAL_TO_SEMVER",
    "GREATER_THAN_OR_EQUAL_TO_SEMVER",
    "LESS_THAN_OR_EQUAL_TO_SEMVER",
    "BETWEEN_SEMVER",
    "IN_LIST_SEMVER",
    "IN_SPLIT_TREATMENT"
  };

  private final Random random;
  private final RandomUsers users;
  private final List<Map<String, Object>> flags = new ArrayList<>();
  private final List<Map<String, Object>> ruleBased = new ArrayList<>();

  /** Definitions that the source of chance decides. */
  public RandomDefinitions(Random random, int flagCount) {
    this.random = random;
    this.users = new RandomUsers(random);
    IntStream.range(0, BASE_FLAGS).forEach(i -> flags.add(flag(i)));
    IntStream.range(0, RULE_BASED).forEach(i -> ruleBased.add(ruleBased(i)));
    IntStream.range(BASE_FLAGS, flagCount).forEach(i -> flags.add(flag(i)));
  }

  /** The change document. */
  public String json() {
    return JsonText.changes(flags, ruleBased);
  }

  /** The keys of the segments; one that is asked about is missing. */
  public Map<String, List<String>> segments() {
    Map<String, List<String>> segments = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      segments.put("segment" + i, some(20, users::plainKey));
    }
    return segments;
  }

  private Map<String, Object> flag(int index) {
    boolean everybody = random.nextInt(3) > 0;
    return object(
        "name",
        "flag" + index,
        "trafficTypeName",
        "user",
        "status",
        random.nextInt(40) == 0 ? "ARCHIVED" : "ACTIVE",
        "killed",
        random.nextInt(15) == 0,
        "defaultTreatment",
        treatment(),
        "changeNumber",
        random.nextInt(1000),
        "algo",
        random.nextInt(4) == 0 ? random.nextInt(2) : 2,
        "seed",
        random.nextInt(),
        "trafficAllocation",
        everybody ? 100 : random.nextInt(110) - 5,
        "trafficAllocationSeed",
        random.nextInt(),
        "configurations",
        random.nextBoolean()
            ? null
            : object("on", "{\"n\":" + index + "}", "off", "", "control", "c"),
        "prerequisites",
        random.nextInt(5) == 0 ? some(2, () -> prerequisite(index)) : null,
        "conditions",
        some(4, () -> rule(index)));
  }

  private Map<String, Object> prerequisite(int index) {
    return object("n", earlierFlag(index), "ts", some(3, this::treatment));
  }

  private Map<String, Object> rule(int index) {
    List<Map<String, Object>> matchers = some(2, () -> matcherFor(index));
    matchers.add(
        random.nextInt(150) == 0 ? matcher("FROM_THE_FUTURE", null, false) : matcherFor(index));
    return condition(
        random.nextInt(3) == 0 ? "WHITELIST" : "ROLLOUT",
        random.nextInt(20) == 0 ? null : "rule " + random.nextInt(100),
        partitions(),
        matchers.toArray());
  }

  private List<Map<String, Object>> partitions() {
    return random.nextInt(4) == 0
        ? List.of(partition(treatment(), 100))
        : some(4, () -> partition(treatment(), random.nextInt(60)));
  }

  private Map<String, Object> ruleBased(int index) {
    List<Map<String, Object>> excluded =
        some(2, () -> object("name", "segment" + random.nextInt(5), "type", "standard"));
    if (index > 0 && random.nextBoolean()) {
      excluded.add(object("name", "rules" + random.nextInt(index), "type", "rule-based"));
    }
    if (random.nextInt(5) == 0) {
      excluded.add(object("name", "segment0", "type", "large"));
    }
    Object[] conditions = some(3, () -> rule(-1 - index)).toArray();
    return ruleBasedSegment("rules" + index, some(3, users::plainKey), excluded, conditions);
  }

  private Map<String, Object> matcherFor(int index) {
    String type = TYPES[random.nextInt(TYPES.length)];
    boolean negate = random.nextInt(4) == 0;
    return switch (type) {
      case "IN_SEGMENT" -> segmentMatcher(type, "segment" + random.nextInt(5), negate);
      case "IN_RULE_BASED_SEGMENT" -> segmentMatcher(type, "rules" + earlierSegment(index), negate);
      case "IN_SPLIT_TREATMENT" ->
          matcher(
              type,
              null,
              negate,
              "dependencyMatcherData",
              object("split", earlierFlag(index), "treatments", some(3, this::treatment)));
      default -> valueMatcher(type, attribute(), negate);
    };
  }

  private Map<String, Object> segmentMatcher(String type, String name, boolean negate) {
    return matcher(
        type, null, negate, "userDefinedSegmentMatcherData", object("segmentName", name));
  }

  private Map<String, Object> valueMatcher(
      String type, @Nullable String attribute, boolean negate) {
    return switch (type) {
      case "ALL_KEYS" -> matcher(type, attribute, negate);
      case "WHITELIST" -> listed(type, attribute, negate, some(8, users::text));
      case "STARTS_WITH", "ENDS_WITH", "CONTAINS_STRING" ->
          listed(type, attribute, negate, some(3, users::fragment));
      case "EQUAL_TO_SET", "PART_OF_SET", "CONTAINS_ALL_OF_SET", "CONTAINS_ANY_OF_SET" ->
          listed(type, attribute, negate, some(4, users::element));
      case "IN_LIST_SEMVER" -> listed(type, attribute, negate, some(4, users::version));
      case "MATCHES_STRING" ->
          matcher(type, attribute, negate, "stringMatcherData", users.expression());
      case "EQUAL_TO_BOOLEAN" ->
          matcher(type, attribute, negate, "booleanMatcherData", random.nextBoolean());
      case "BETWEEN_SEMVER" ->
          matcher(
              type,
              attribute,
              negate,
              "betweenStringMatcherData",
              object("start", users.version(), "end", users.version()));
      case "BETWEEN" -> between(attribute, negate);
      default ->
          type.endsWith("SEMVER")
              ? matcher(type, attribute, negate, "stringMatcherData", users.version())
              : unary(type, attribute, negate);
    };
  }

  private Map<String, Object> unary(String type, @Nullable String attribute, boolean negate) {
    boolean date = random.nextBoolean();
    return matcher(
        type,
        attribute,
        negate,
        "unaryNumericMatcherData",
        object("dataType", date ? "DATETIME" : "NUMBER", "value", users.number(date)));
  }

  private Map<String, Object> between(@Nullable String attribute, boolean negate) {
    boolean date = random.nextBoolean();
    long start = users.number(date);
    long end = users.number(date);
    return matcher(
        "BETWEEN",
        attribute,
        negate,
        "betweenMatcherData",
        object(
            "dataType",
            date ? "DATETIME" : "NUMBER",
            "start",
            random.nextInt(8) == 0 ? start : Math.min(start, end),
            "end",
            Math.max(start, end)));
  }

  /** One before it; a rule-based segment, whose index is negative, only leads to the first ones. */
  private String earlierFlag(int index) {
    if (random.nextInt(12) == 0) {
      return "missing";
    }
    int bound = index < 0 ? BASE_FLAGS : index;
    return bound == 0 ? "missing" : "flag" + random.nextInt(bound);
  }

  private String earlierSegment(int index) {
    int bound = index < 0 ? -1 - index : index < BASE_FLAGS ? 0 : RULE_BASED;
    return bound == 0 ? "Missing" : String.valueOf(random.nextInt(bound));
  }

  private @Nullable String attribute() {
    return random.nextInt(3) == 0 ? null : users.attribute();
  }

  private String treatment() {
    return TREATMENTS[random.nextInt(TREATMENTS.length)];
  }

  private <T> List<T> some(int most, Supplier<T> what) {
    List<T> all = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      all.add(what.get());
    }
    return all;
  }
}
