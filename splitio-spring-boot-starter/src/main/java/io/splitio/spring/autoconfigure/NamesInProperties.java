package io.splitio.spring.autoconfigure;

import io.splitio.flag.Names;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Refuses properties whose names or treatments the SDK would otherwise leave out. */
final class NamesInProperties {
  private static final String LOCALHOST = "splitio.localhost.flags.";
  private static final String FLAG_NAME =
      "1 to 100 letters, digits, '-' and '_', starts with a letter or digit, and may have '.' if"
          + " it starts with a digit.";

  private NamesInProperties() {}

  /** The treatments of flags without a file, as they are meant. */
  static Map<String, String> localhost(Map<String, String> flags) {
    flags.forEach(NamesInProperties::checkLocalhost);
    Map<String, String> meant = new LinkedHashMap<>(flags);
    meant.replaceAll((flag, treatment) -> fromYaml(treatment));
    return meant;
  }

  private static void checkLocalhost(String flag, String treatment) {
    if (!Names.isFlagName(flag)) {
      throw new SplitioStartException(
          LOCALHOST + flag + " is \"" + treatment + "\", and \"" + flag + "\" cannot name a flag.",
          "A flag's name has " + FLAG_NAME);
    }
    if (treatment.isBlank()) {
      throw invalid(LOCALHOST + flag, treatment, "It must be a treatment, for example on.");
    }
  }

  /** YAML turns an unquoted on or off into a boolean. */
  private static String fromYaml(String treatment) {
    return switch (treatment) {
      case "true" -> "on";
      case "false" -> "off";
      default -> treatment;
    };
  }

  /** A treatment that is served instead of control, as it is meant; FeatBit's may be any text. */
  static String fallback(String property, String treatment, boolean anyText) {
    if (anyText) {
      return treatment;
    }
    if (!Names.isFlagName(treatment.trim())) {
      throw invalid(property, treatment, "It must be a treatment, which has " + FLAG_NAME);
    }
    return fromYaml(treatment);
  }

  /** The filter, of which a name is valid: without any, all flags would be loaded. */
  static Set<String> flagSets(Set<String> sets) {
    if (!sets.isEmpty() && sets.stream().noneMatch(NamesInProperties::isFlagSet)) {
      throw invalid(
          "splitio.flag-sets-filter",
          String.join(",", sets),
          "A flag set's name has 1 to 50 letters, digits and '_', and does not start with '_'."
              + " Remove the property to load all flags.");
    }
    return sets;
  }

  private static boolean isFlagSet(String name) {
    return Names.isFlagSet(name.toLowerCase(Locale.ROOT).trim()); // as the SDK takes it
  }

  private static SplitioStartException invalid(String property, String value, String accepted) {
    return SplitioStartException.invalid(property, '"' + value + '"', accepted);
  }
}
