package io.splitio.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON documents for tests, put together from maps and lists. */
public final class JsonText {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonText() {}

  /** The text of maps, lists and scalars. */
  public static String of(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** An object of names and values in turn; null values are kept. */
  public static Map<String, Object> object(@Nullable Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** A change document of flags only. */
  public static String changes(Object... flags) {
    return changes(Arrays.asList(flags), List.of());
  }

  /** A change document of flags and rule-based segments. */
  public static String changes(List<?> flags, List<?> ruleBasedSegments) {
    return of(
        object(
            "ff",
            object("d", new ArrayList<>(flags), "s", -1, "t", 1),
            "rbs",
            object("d", new ArrayList<>(ruleBasedSegments), "s", -1, "t", 1)));
  }

  /** A flag without surprises: active, everybody allocated, default treatment off. */
  public static Map<String, Object> flag(String name, Object... conditions) {
    return object(
        "name",
        name,
        "trafficTypeName",
        "user",
        "status",
        "ACTIVE",
        "killed",
        false,
        "defaultTreatment",
        "off",
        "changeNumber",
        7,
        "algo",
        2,
        "seed",
        42,
        "trafficAllocation",
        100,
        "trafficAllocationSeed",
        11,
        "conditions",
        Arrays.asList(conditions));
  }

  /** The same object with one more field, or another value of it. */
  public static Map<String, Object> with(
      Map<String, Object> object, String name, @Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(object);
    copy.put(name, value);
    return copy;
  }

  /** A percentage rule, labelled {@code rule}: those who satisfy all matchers get a treatment. */
  public static Map<String, Object> rollout(String treatment, Object... matchers) {
    return condition("ROLLOUT", "rule", List.of(partition(treatment, 100)), matchers);
  }

  /** A rule of a given type. */
  public static Map<String, Object> condition(
      String type, @Nullable String label, List<?> partitions, Object... matchers) {
    return object(
        "conditionType",
        type,
        "label",
        label,
        "matcherGroup",
        object("combiner", "AND", "matchers", Arrays.asList(matchers)),
        "partitions",
        partitions);
  }

  /** A share. */
  public static Map<String, Object> partition(String treatment, int size) {
    return object("treatment", treatment, "size", size);
  }

  /** A matcher of the key, or of an attribute if one is named, with its data. */
  public static Map<String, Object> matcher(
      String type, @Nullable String attribute, boolean negate, @Nullable Object... data) {
    Map<String, Object> matcher = object("matcherType", type, "negate", negate);
    if (attribute != null) {
      matcher.put("keySelector", object("trafficType", "user", "attribute", attribute));
    }
    matcher.putAll(object(data));
    return matcher;
  }

  /** A matcher that every key satisfies. */
  public static Map<String, Object> allKeys() {
    return matcher("ALL_KEYS", null, false);
  }

  /** A dependency on another flag. */
  public static Map<String, Object> dependsOn(String flag, String... treatments) {
    return matcher(
        "IN_SPLIT_TREATMENT",
        null,
        false,
        "dependencyMatcherData",
        object("split", flag, "treatments", List.of(treatments)));
  }

  /** A question about a segment, rule-based or not. */
  public static Map<String, Object> inSegment(String type, String segment) {
    return matcher(
        type, null, false, "userDefinedSegmentMatcherData", object("segmentName", segment));
  }

  /** A matcher whose data is a list of texts. */
  public static Map<String, Object> listed(
      String type, @Nullable String attribute, boolean negate, List<String> texts) {
    return matcher(type, attribute, negate, "whitelistMatcherData", object("whitelist", texts));
  }

  /** A rule-based segment. */
  public static Map<String, Object> ruleBasedSegment(
      String name, List<String> excludedKeys, List<?> excludedSegments, Object... conditions) {
    return object(
        "name",
        name,
        "trafficTypeName",
        "user",
        "status",
        "ACTIVE",
        "changeNumber",
        3,
        "excluded",
        object("keys", excludedKeys, "segments", excludedSegments),
        "conditions",
        Arrays.asList(conditions));
  }
}
