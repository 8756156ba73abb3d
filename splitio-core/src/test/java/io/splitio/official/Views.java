package io.splitio.official;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Flags as managers show them, made comparable. */
final class Views {
  private Views() {}

  /** What is shown of each flag. */
  static Map<String, Map<String, Object>> byName(JsonNode said) {
    Map<String, Map<String, Object>> byName = new TreeMap<>();
    said.path("views").forEach(view -> byName.put(view.path("name").asText(), one(view)));
    return byName;
  }

  private static Map<String, Object> one(JsonNode view) {
    Map<String, Object> shown = new TreeMap<>();
    shown.put("trafficType", view.path("trafficType").asText());
    shown.put("killed", view.path("killed").asBoolean());
    // that SDK leaves the default treatment out where no rule serves it; this one never does
    Set<String> treatments = new TreeSet<>(texts(view.path("treatments")));
    treatments.add(view.path("defaultTreatment").asText());
    shown.put("treatments", treatments);
    shown.put("changeNumber", view.path("changeNumber").asLong());
    shown.put("configs", view.path("configs"));
    shown.put("sets", texts(view.path("sets")));
    shown.put("defaultTreatment", view.path("defaultTreatment").asText());
    shown.put("impressionsDisabled", view.path("impressionsDisabled").asBoolean());
    shown.put("prerequisites", prerequisites(view.path("prerequisites")));
    return shown;
  }

  private static List<String> prerequisites(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(
        one ->
            all.add(
                one.path(one.has("flag") ? "flag" : "flagName").asText()
                    + texts(one.path("treatments"))));
    return all;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    texts.sort(null);
    return texts;
  }
}
