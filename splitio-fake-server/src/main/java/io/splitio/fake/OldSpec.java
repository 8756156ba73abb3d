package io.splitio.fake;

import io.splitio.fake.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What clients of older specifications are told of a flag. */
final class OldSpec {
  private static final Set<String> KNOWN = Set.of("1.0", "1.1", "1.2");
  private static final String UNSUPPORTED =
      """
      {"conditionType":"WHITELIST","label":"targeting rule type unsupported by sdk",
       "matcherGroup":{"combiner":"AND","matchers":[{"keySelector":null,
       "matcherType":"ALL_KEYS","negate":false}]},
       "partitions":[{"treatment":"control","size":100}]}""";

  private OldSpec() {}

  static boolean knows(String spec) {
    return KNOWN.contains(spec);
  }

  /** The flag without prerequisites, and without conditions if one of them is too new. */
  static String translate(String flag, String spec) {
    Map<String, @Nullable Object> fields = Json.object(flag);
    fields.remove("prerequisites");
    if (matcherTypes(fields.get("conditions")).anyMatch(type -> tooNew(type, spec))) {
      fields.put("conditions", List.of(Json.object(UNSUPPORTED)));
    }
    return Json.write(fields);
  }

  private static boolean tooNew(String matcherType, String spec) {
    return matcherType.equals("IN_RULE_BASED_SEGMENT")
        || (matcherType.equals("IN_LARGE_SEGMENT") && !spec.equals("1.2"))
        || (matcherType.contains("SEMVER") && spec.equals("1.0"));
  }

  private static Stream<String> matcherTypes(@Nullable Object json) {
    if (json instanceof Collection<?> items) {
      return items.stream().flatMap(OldSpec::matcherTypes);
    }
    if (json instanceof Map<?, ?> object) {
      Stream<String> here =
          object.get("matcherType") instanceof String type ? Stream.of(type) : Stream.empty();
      return Stream.concat(here, object.values().stream().flatMap(OldSpec::matcherTypes));
    }
    return Stream.empty();
  }
}
