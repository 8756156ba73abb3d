package io.splitio.client;

import io.splitio.api.EvaluationOptions;
import io.splitio.api.Key;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.flag.Names;
import io.splitio.log.LogSafe;
import io.splitio.log.ToldOnce;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what the application passes in (evaluation specification 9). Each trouble is logged in
 * full once and then only at debug level, because a bad key tends to come with every request.
 */
final class InputCheck {
  private static final Logger log = LoggerFactory.getLogger("splitio.evaluate");
  private static final int LONGEST_KEY = 250;
  private static final int PROPERTIES_BASE = 1_024;
  private static final int PROPERTIES_MOST = 32_768;
  private static final int PROPERTIES_MANY = 300;

  private final ToldOnce told = new ToldOnce();
  private final ToldOnce unknownFlags = new ToldOnce();
  private final Set<String> configuredSets;

  /** Checks for an SDK that loads only the given flag sets, or all flags if there are none. */
  InputCheck(Set<String> configuredSets) {
    this.configuredSets = configuredSets;
  }

  /** Whether both parts of a key can be used. */
  boolean isKey(Method method, @Nullable Key key) {
    if (key == null) {
      return isKey(method, null, "matchingKey");
    }
    return isKey(method, key.matchingKey(), "matchingKey")
        && (key.bucketingKey() == null || isKey(method, key.bucketingKey(), "bucketingKey"));
  }

  boolean isKey(Method method, @Nullable String key, String name) {
    if (key != null && !key.isEmpty() && key.length() <= LONGEST_KEY) {
      return true;
    }
    String trouble =
        key == null
            ? "is null"
            : key.isEmpty() ? "is empty" : "has " + key.length() + " characters";
    error(method, name + " " + trouble + "; it must have 1 to " + LONGEST_KEY + " characters");
    return false;
  }

  /** The flag name without surrounding white space, or null when it is not valid. */
  @Nullable String flagName(String method, @Nullable String flag) {
    if (flag != null && Names.isFlagName(flag)) {
      return flag;
    }
    String trimmed = flag == null ? "" : flag.trim();
    if (!Names.isFlagName(trimmed)) {
      String rule =
          "; a flag name has 1 to 100 letters, digits, '-' and '_', starts with a letter or digit,"
              + " and may have '.' if it starts with a digit";
      error(method, "flag name " + LogSafe.quote(flag) + " is not valid" + rule);
      return null;
    }
    warn(
        method,
        "flag name " + LogSafe.quote(flag) + " has surrounding white space, which is left out");
    return trimmed;
  }

  /** The valid ones of the names, in their order and without duplicates. */
  Set<String> flagNames(Method method, Collection<String> names) {
    Set<String> valid = new LinkedHashSet<>();
    for (String name : new LinkedHashSet<>(names)) {
      String checked = flagName(method.methodName(), name);
      if (checked != null) {
        valid.add(checked);
      }
    }
    return valid;
  }

  /** The flag sets to ask for, sorted: valid, and loaded by this SDK. */
  Set<String> flagSets(Method method, @Nullable Collection<String> sets) {
    if (sets == null || sets.isEmpty()) {
      warn(method.methodName(), "no flag sets given; name at least one");
      return Set.of();
    }
    Set<String> valid = validSets(method.methodName(), sets);
    if (!configuredSets.isEmpty()) {
      for (String set : valid) {
        if (!configuredSets.contains(set)) {
          warn(
              method.methodName(),
              "flag set "
                  + LogSafe.quote(set)
                  + " is not one of those this SDK loads "
                  + configuredSets);
        }
      }
      valid.retainAll(configuredSets);
    }
    return valid;
  }

  /** The valid ones of the flag sets, in lower case, sorted. */
  Set<String> validSets(String method, Collection<String> sets) {
    Set<String> valid = new TreeSet<>();
    for (String set : sets) {
      String clean = set == null ? "" : set.toLowerCase(Locale.ROOT).trim();
      if (!Names.isFlagSet(clean)) {
        warn(
            method,
            "flag set "
                + LogSafe.quote(set)
                + " is left out; a flag set has 1 to 50 lower-case letters,"
                + " digits and '_' and starts with a letter or digit");
        continue;
      }
      if (!clean.equals(set)) {
        warn(method, "flag set " + LogSafe.quote(set) + " is taken as '" + clean + "'");
      }
      valid.add(clean);
    }
    return valid;
  }

  /**
   * The properties that can be sent along with an impression; none when there are too many of them.
   */
  Map<String, Object> properties(@Nullable EvaluationOptions options) {
    if (options == null || options.properties().isEmpty()) {
      return Map.of();
    }
    Map<String, Object> checked = properties("properties", options.properties());
    if (checked == null) {
      return Map.of();
    }
    checked.values().removeIf(value -> value == null);
    return checked;
  }

  /** The properties that can be sent, null values included, or null when they are too large. */
  @Nullable Map<String, Object> properties(String method, Map<String, Object> properties) {
    Map<String, Object> checked = new LinkedHashMap<>();
    long size = PROPERTIES_BASE;
    if (properties.size() > PROPERTIES_MANY) {
      warn(method, "more than " + PROPERTIES_MANY + " properties; the service may leave some out");
    }
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      String name = property.getKey();
      if (name == null || name.isEmpty()) {
        continue;
      }
      Object value = property.getValue();
      boolean sendable =
          value instanceof String || value instanceof Number || value instanceof Boolean;
      if (value != null && !sendable) {
        warn(
            method,
            "property " + LogSafe.quote(name) + " is no text, number or boolean; null is sent");
      }
      checked.put(name, sendable ? value : null);
      size += name.length() + (value instanceof String text ? text.length() : 0);
    }
    if (size > PROPERTIES_MOST) {
      error(
          method,
          "the properties have a size of "
              + size
              + "; at most "
              + PROPERTIES_MOST
              + " is accepted");
      return null;
    }
    return checked;
  }

  /** Tells of a flag that is not known; nothing is put into words again for one already told. */
  void unknownFlag(String flag) {
    if (unknownFlags.isNew(flag)) {
      log.warn("evaluation: flag {} does not exist in this environment", LogSafe.quote(flag));
    }
  }

  void error(Method method, String trouble) {
    error(method.methodName(), trouble);
  }

  void error(String method, String trouble) {
    if (told.isNew(method + trouble)) {
      log.error("{}: {}", method, trouble);
    } else {
      log.debug("{}: {}", method, trouble);
    }
  }

  void warn(String method, String trouble) {
    if (told.isNew(method + trouble)) {
      log.warn("{}: {}", method, trouble);
    } else {
      log.debug("{}: {}", method, trouble);
    }
  }
}
