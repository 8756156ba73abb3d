package io.splitio.official;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.splitio.backend.redis.RedisCli;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one SDK wrote to Redis, made comparable: fields that are null count as absent, and of who
 * wrote it and when only the type is kept.
 *
 * @param types the Redis types of the keys, which stand here without their prefix
 * @param lists the elements of lists
 * @param hashes the fields of hashes
 */
record WrittenByOne(
    Map<String, String> types,
    Map<String, List<String>> lists,
    Map<String, Map<String, String>> hashes) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OF_THE_MOMENT = List.of("s", "n", "i", "m", "pt", "timestamp");

  /** What is below a prefix now and was not there before. */
  static WrittenByOne read(RedisCli cli, String prefix, Collection<Object> before) {
    WrittenByOne written = new WrittenByOne(new TreeMap<>(), new HashMap<>(), new HashMap<>());
    for (Object key : cli.list("KEYS " + prefix + "*")) {
      if (!before.contains(key)) {
        String name = ((String) key).substring(prefix.length());
        String type = (String) cli.say("TYPE " + key);
        written.types.put(name, type);
        if (type.equals("list")) {
          written.lists.put(name, texts(cli.list("LRANGE " + key + " 0 -1")));
        } else {
          written.hashes.put(name, fields(cli.list("HGETALL " + key)));
        }
      }
    }
    return written;
  }

  private static List<String> texts(List<Object> reply) {
    return reply.stream().map(String.class::cast).toList();
  }

  private static Map<String, String> fields(List<Object> reply) {
    Map<String, String> fields = new TreeMap<>();
    for (int i = 0; i < reply.size(); i += 2) {
      fields.put((String) reply.get(i), (String) reply.get(i + 1));
    }
    return fields;
  }

  List<String> impressions() {
    return elements("SPLITIO.impressions");
  }

  List<String> events() {
    return elements("SPLITIO.events");
  }

  private List<String> elements(String list) {
    return lists.getOrDefault(list, List.of()).stream()
        .map(element -> comparable(json(element)).toString())
        .sorted()
        .toList();
  }

  private static JsonNode comparable(JsonNode element) {
    ObjectNode sorted = JSON.createObjectNode();
    Map<String, JsonNode> fields = new TreeMap<>();
    element.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    fields.forEach(
        (name, value) -> {
          if (value.isObject()) {
            sorted.set(name, comparable(value));
          } else if (OF_THE_MOMENT.contains(name)) {
            sorted.put(name, value.isIntegralNumber() ? "int" : value.getNodeType().name());
          } else if (!value.isNull()) {
            sorted.set(name, value);
          }
        });
    return sorted;
  }

  /** How often each flag was served, in whichever hour. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    hashes
        .getOrDefault("SPLITIO.impressions.count", Map.of())
        .forEach(
            (field, n) -> {
              String[] parts = field.split("::", -1);
              Long.parseLong(parts[1]);
              counts.merge(parts[0], Long.valueOf(n), Long::sum);
            });
    return counts;
  }

  /** Which keys were served each flag. */
  Map<String, List<String>> uniqueKeys() {
    Map<String, List<String>> keys = new TreeMap<>();
    for (String element : lists.getOrDefault("SPLITIO.uniquekeys", List.of())) {
      JsonNode json = json(element);
      List<String> ofFlag =
          keys.computeIfAbsent(json.path("f").asText(), flag -> new ArrayList<>());
      json.path("ks").forEach(key -> ofFlag.add(key.asText()));
      ofFlag.sort(null);
    }
    return keys;
  }

  /** What is told of the set-up; of numbers that other instances have a say in, the type only. */
  List<String> init() {
    Iterator<Map.Entry<String, String>> all =
        hashes.get("SPLITIO.telemetry.init").entrySet().iterator();
    Map.Entry<String, String> only = all.next();
    if (all.hasNext() || only.getKey().split("/").length != 3) {
      throw new AssertionError(hashes);
    }
    List<String> told = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : json(only.getValue()).properties()) {
      boolean counted = field.getKey().matches("[ar]F") && field.getValue().isIntegralNumber();
      told.add(field.getKey() + "=" + (counted ? "int" : field.getValue()));
    }
    return told;
  }

  /** How many calls of each method were timed. */
  Map<String, Long> calls() {
    Map<String, Long> calls = new TreeMap<>();
    hashes
        .getOrDefault("SPLITIO.telemetry.latencies", Map.of())
        .forEach(
            (field, n) -> {
              String[] parts = field.split("/", -1);
              int bucket = Integer.parseInt(parts[4]);
              if (parts.length != 5 || bucket < 0 || bucket > 22) {
                throw new AssertionError(field);
              }
              calls.merge(parts[3], Long.valueOf(n), Long::sum);
            });
    return calls;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
