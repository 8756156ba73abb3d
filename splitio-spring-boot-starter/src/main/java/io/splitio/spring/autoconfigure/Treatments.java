package io.splitio.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads treatments from properties, where YAML turns an unquoted on or off into a boolean. */
final class Treatments {
  private Treatments() {}

  static String fromYaml(String treatment) {
    return switch (treatment) {
      case "true" -> "on";
      case "false" -> "off";
      default -> treatment;
    };
  }

  static Map<String, String> fromYaml(Map<String, String> treatments) {
    Map<String, String> read = new LinkedHashMap<>(treatments);
    read.replaceAll((flag, treatment) -> fromYaml(treatment));
    return read;
  }
}
