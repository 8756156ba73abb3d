package io.splitio.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.splitio.backend.redis.RedisCli;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts definitions into Redis as the Split Synchronizer does (Redis specification 2): only what is
 * active, and every field that may be absent as null.
 *
 * @param redis where they go
 * @param prefix what stands before every key, its dot included
 */
record SynchronizedRedis(RedisCli redis, String prefix) {
  private static final List<String> OF_MATCHERS =
      List.of(
          "keySelector",
          "userDefinedSegmentMatcherData",
          "whitelistMatcherData",
          "unaryNumericMatcherData",
          "betweenMatcherData",
          "betweenStringMatcherData",
          "dependencyMatcherData",
          "booleanMatcherData",
          "stringMatcherData",
          "userDefinedLargeSegmentMatcherData");

  void put(SpecFile file) {
    file.flags().forEach(this::flag);
    file.ruleBasedSegments().forEach(this::ruleBasedSegment);
    file.segments().forEach(this::segment);
    say("SET", "SPLITIO.rbsegments.till", "1");
    say("SET", "SPLITIO.splits.till", "1");
  }

  private void flag(JsonNode flag) {
    if (isActive(flag)) {
      String name = flag.path("name").asText();
      ObjectNode stored = withNulls(flag, List.of("configurations", "sets", "prerequisites"));
      say("SET", "SPLITIO.split." + name, stored.toString());
      flag.path("sets").forEach(set -> say("SADD", "SPLITIO.flagSet." + set.asText(), name));
      say("INCR", "SPLITIO.trafficType." + flag.path("trafficTypeName").asText());
    }
  }

  private void ruleBasedSegment(JsonNode segment) {
    if (isActive(segment)) {
      ObjectNode stored = withNulls(segment, List.of());
      if (stored.get("excluded") instanceof ObjectNode excluded) {
        withNull(excluded, List.of("keys", "segments"));
      }
      say("SET", "SPLITIO.rbsegment." + segment.path("name").asText(), stored.toString());
    }
  }

  private void segment(String name, List<String> keys) {
    if (!keys.isEmpty()) {
      List<String> words = new ArrayList<>(List.of("SADD", prefix + "SPLITIO.segment." + name));
      words.addAll(keys);
      redis.send(words);
    }
    say("SET", "SPLITIO.segment." + name + ".till", "1");
  }

  private static boolean isActive(JsonNode definition) {
    return "ACTIVE".equals(definition.path("status").asText());
  }

  private static ObjectNode withNulls(JsonNode definition, List<String> fields) {
    ObjectNode stored = definition.deepCopy();
    withNull(stored, fields);
    withNull(stored, List.of("conditions"));
    for (JsonNode condition : stored.path("conditions")) {
      condition
          .path("matcherGroup")
          .path("matchers")
          .forEach(matcher -> withNull((ObjectNode) matcher, OF_MATCHERS));
    }
    return stored;
  }

  private static void withNull(ObjectNode object, List<String> fields) {
    fields.stream().filter(field -> !object.has(field)).forEach(object::putNull);
  }

  private void say(String command, String key, String... values) {
    List<String> words = new ArrayList<>(List.of(command, prefix + key));
    words.addAll(List.of(values));
    redis.send(words);
  }
}
