package io.splitio.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.splitio.api.FallbackTreatments;
import io.splitio.testing.Definitions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of worked examples: definitions, and what they must answer.
 *
 * <p>Cases say the whole answer; tables say, for a flag whose only rule serves {@code on}, which
 * values of an attribute, or which keys, satisfy that rule and which do not.
 */
record SpecFile(String name, JsonNode root) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> FILES =
      List.of(
          "appendix-a.json",
          "allocation.json",
          "boolean.json",
          "dates.json",
          "dependencies.json",
          "fallbacks.json",
          "global-fallback.json",
          "negation.json",
          "numbers.json",
          "outcomes.json",
          "partitions.json",
          "rule-based-segments.json",
          "semver.json",
          "sets.json",
          "strings.json",
          "unsupported.json");

  /** An example, and where it is from. */
  record Asked(SpecFile file, Case example) {
    @Override
    public String toString() {
      return example.toString();
    }
  }

  /** One question and its answer. */
  record Case(
      String title,
      String key,
      @Nullable String bucketingKey,
      String flag,
      Map<String, Object> attributes,
      Expected expected) {
    /** The same question with another answer. */
    Case answering(Expected other) {
      return new Case(title, key, bucketingKey, flag, attributes, other);
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** A whole answer. */
  record Expected(
      String treatment,
      @Nullable String config,
      @Nullable String label,
      @Nullable Long changeNumber) {}

  /** All examples of all files. */
  static Stream<Asked> examples() {
    return FILES.stream()
        .map(SpecFile::read)
        .flatMap(file -> file.cases().stream().map(example -> new Asked(file, example)));
  }

  private static SpecFile read(String name) {
    try (InputStream in = SpecFile.class.getResourceAsStream("/spec/" + name)) {
      return new SpecFile(name, MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The set that only this flag is in. */
  static String flagSet(String flag) {
    return "spec_" + flag.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** The definitions, each flag in a set of its own. */
  Definitions definitions() {
    ObjectNode document = MAPPER.createObjectNode();
    ObjectNode flags = document.putObject("ff").put("s", -1).put("t", 1);
    flags.set("d", flags());
    document.putObject("rbs").put("s", -1).put("t", 1).set("d", ruleBasedSegments());
    return Definitions.of(document.toString()).segments(segments());
  }

  /** The flags, each in a set of its own. */
  ArrayNode flags() {
    ArrayNode copies = root.path("flags").deepCopy();
    for (JsonNode flag : copies) {
      ((ObjectNode) flag).withArray("sets").add(flagSet(flag.path("name").asText()));
    }
    return copies;
  }

  /** The rule-based segments. */
  JsonNode ruleBasedSegments() {
    return root.path("ruleBasedSegments");
  }

  /** The keys of segments, by their names. */
  Map<String, List<String>> segments() {
    Map<String, List<String>> segments = new LinkedHashMap<>();
    root.path("segments").properties().forEach(e -> segments.put(e.getKey(), texts(e.getValue())));
    return segments;
  }

  FallbackTreatments fallbacks() {
    JsonNode global = root.path("fallback");
    FallbackTreatments treatments =
        global.isMissingNode()
            ? FallbackTreatments.none()
            : FallbackTreatments.of(global.path("treatment").asText(), text(global, "config"));
    for (Map.Entry<String, JsonNode> own : root.path("fallbacks").properties()) {
      treatments =
          treatments.with(
              own.getKey(),
              own.getValue().path("treatment").asText(),
              text(own.getValue(), "config"));
    }
    return treatments;
  }

  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    root.path("cases").forEach(node -> cases.add(whole(node)));
    root.path("tables").forEach(table -> addRows(table, cases));
    return cases;
  }

  private Case whole(JsonNode node) {
    Map<String, Object> attributes = new HashMap<>();
    node.path("attributes")
        .properties()
        .forEach(e -> attributes.put(e.getKey(), AttributeValue.of(e.getValue())));
    Expected expected =
        new Expected(
            node.path("treatment").asText(),
            text(node, "config"),
            text(node, "label"),
            node.path("changeNumber").isNumber() ? node.path("changeNumber").asLong() : null);
    return new Case(
        name + ": " + node,
        node.path("key").asText(),
        text(node, "bucketingKey"),
        node.path("flag").asText(),
        attributes,
        expected);
  }

  private void addRows(JsonNode table, List<Case> cases) {
    Expected matched = new Expected("on", null, "rule", 7L);
    Expected unmatched = new Expected("off", null, "default rule", 7L);
    table.path("match").forEach(value -> cases.add(row(table, value, matched)));
    table.path("noMatch").forEach(value -> cases.add(row(table, value, unmatched)));
  }

  private Case row(JsonNode table, JsonNode value, Expected expected) {
    String flag = table.path("flag").asText();
    String title = name + ": " + flag + " " + value + " -> " + expected.treatment();
    String attribute = text(table, "attribute");
    if (attribute == null) {
      return new Case(title, value.asText(), null, flag, Map.of(), expected);
    }
    Map<String, Object> attributes = new HashMap<>();
    if (!value.has("$absent")) {
      attributes.put(attribute, AttributeValue.of(value));
    }
    String key = table.path("key").asText("someone");
    return new Case(title, key, null, flag, attributes, expected);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
  }
}
