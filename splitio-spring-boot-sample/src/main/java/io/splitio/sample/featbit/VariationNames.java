package io.splitio.sample.featbit;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people call the variations of the shop's flags, in the shop's file also their ids.
 *
 * @param values the value of each variation by its name, by the flag's key
 * @param disabled what each flag serves while it is off, when the shop is opened
 */
record VariationNames(Map<String, Map<String, String>> values, Map<String, String> disabled) {
  private static final JsonMapper JSON = new JsonMapper();

  static VariationNames read(String message) {
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    Map<String, String> disabled = new LinkedHashMap<>();
    for (JsonNode flag : JSON.readTree(message).get("data").get("featureFlags")) {
      Map<String, String> ofFlag = new LinkedHashMap<>();
      for (JsonNode variation : flag.get("variations")) {
        ofFlag.put(variation.get("id").asString(), variation.get("value").asString());
      }
      values.put(flag.get("key").asString(), ofFlag);
      disabled.put(flag.get("key").asString(), flag.get("disabledVariationId").asString());
    }
    return new VariationNames(values, disabled);
  }
}
