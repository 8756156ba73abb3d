package io.splitio.featbit.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** FeatBit's definitions, as far as a test makes them up. */
final class Model {
  private Model() {}

  /** One condition of a rule. */
  record Condition(String property, @Nullable String op, @Nullable String value) {
    private Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("property", property);
      json.put("op", op);
      json.put("value", value);
      return json;
    }
  }

  /** What some users get. */
  record Portion(String variation, double from, double to, double experiment) {
    private Map<String, ?> json() {
      return Map.of("id", variation, "rollout", List.of(from, to), "exptRollout", experiment);
    }
  }

  /** A rule, or, without conditions, what is left. */
  record Rule(
      List<Condition> conditions,
      @Nullable String dispatchKey,
      boolean experiment,
      List<Portion> portions) {
    private Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("id", "rule");
      json.put("name", "a rule");
      json.put("dispatchKey", dispatchKey);
      json.put("includedInExpt", experiment);
      json.put("conditions", conditions.stream().map(Condition::json).toList());
      json.put("variations", portions.stream().map(Portion::json).toList());
      return json;
    }
  }

  /** A flag. */
  record Flag(
      String key,
      String type,
      List<String> values,
      Map<String, List<String>> targets,
      List<Rule> rules,
      Rule fallthrough,
      boolean on,
      boolean archived,
      boolean experimentForAll) {

    /** Without a version: it is the newest when it is put. The ids of variations are v0, v1, … */
    Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("id", key);
      json.put("key", key);
      json.put("name", "The flag " + key);
      json.put("variationType", type);
      json.put("variations", variations());
      json.put("targetUsers", targetUsers());
      json.put("rules", rules.stream().map(Rule::json).toList());
      json.put("isEnabled", on);
      json.put("disabledVariationId", "v0");
      json.put("fallthrough", fallthrough.json());
      json.put("exptIncludeAllTargets", experimentForAll);
      json.put("tags", List.of());
      json.put("isArchived", archived);
      return json;
    }

    /** The same flag, archived. */
    Flag archive() {
      return new Flag(key, type, values, targets, rules, fallthrough, on, true, experimentForAll);
    }

    /** The same flag of another type. */
    Flag ofType(String other) {
      return new Flag(
          key, other, values, targets, rules, fallthrough, on, archived, experimentForAll);
    }

    private List<?> variations() {
      return IntStream.range(0, values.size())
          .mapToObj(i -> Map.of("id", "v" + i, "name", "V" + i, "value", values.get(i)))
          .toList();
    }

    private List<?> targetUsers() {
      return targets.entrySet().stream()
          .map(target -> Map.of("variationId", target.getKey(), "keyIds", target.getValue()))
          .toList();
    }
  }

  /** A segment. */
  record Segment(
      String id,
      List<String> included,
      List<String> excluded,
      List<List<Condition>> rules,
      boolean archived) {
    Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("id", id);
      json.put("name", "The segment " + id);
      json.put("included", included);
      json.put("excluded", excluded);
      json.put("rules", rules.stream().map(Segment::rule).toList());
      json.put("isArchived", archived);
      return json;
    }

    private static Map<String, ?> rule(List<Condition> conditions) {
      return Map.of(
          "id",
          "rule",
          "name",
          "a rule",
          "conditions",
          conditions.stream().map(Condition::json).toList());
    }
  }
}
