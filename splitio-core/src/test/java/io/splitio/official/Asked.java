package io.splitio.official;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A question of {@code redis/questions.json}. */
record Asked(JsonNode question) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a client answers. */
  Object of(SplitClient client) {
    EvaluationOptions options = new EvaluationOptions(map("properties"));
    Map<String, Object> attributes = map("attributes");
    String name = question.path("name").asText();
    return switch (question.path("method").asText()) {
      case "getTreatment" -> client.getTreatment(key(), name, attributes, options);
      case "getTreatmentWithConfig" ->
          client.getTreatmentWithConfig(key(), name, attributes, options);
      case "getTreatments" -> client.getTreatments(key(), names(), attributes, options);
      case "getTreatmentsWithConfig" ->
          client.getTreatmentsWithConfig(key(), names(), attributes, options);
      case "getTreatmentsByFlagSet" ->
          client.getTreatmentsByFlagSet(key(), name, attributes, options);
      case "getTreatmentsByFlagSets" ->
          client.getTreatmentsByFlagSets(key(), names(), attributes, options);
      case "getTreatmentsWithConfigByFlagSet" ->
          client.getTreatmentsWithConfigByFlagSet(key(), name, attributes, options);
      case "getTreatmentsWithConfigByFlagSets" ->
          client.getTreatmentsWithConfigByFlagSets(key(), names(), attributes, options);
      default -> tracked(client);
    };
  }

  private boolean tracked(SplitClient client) {
    Double value = question.has("value") ? question.path("value").asDouble() : null;
    return client.track(
        question.path("key").asText(),
        question.path("trafficType").asText(),
        question.path("eventType").asText(),
        value,
        map("properties"));
  }

  private Key key() {
    String matching = question.path("key").asText();
    return question.has("bucketingKey")
        ? Key.of(matching, question.path("bucketingKey").asText())
        : Key.of(matching);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    question.path("names").forEach(name -> names.add(name.asText()));
    return names;
  }

  @SuppressWarnings("unchecked") // JSON objects are such maps
  private Map<String, Object> map(String field) {
    return question.has(field) ? JSON.convertValue(question.path(field), Map.class) : Map.of();
  }
}
