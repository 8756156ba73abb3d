package io.splitio.client;

import io.splitio.api.EvaluationOptions;
import io.splitio.api.Key;
import io.splitio.engine.UnavailableException;
import io.splitio.flag.Names;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what the application passes to one method, and tells of what is wrong with it (evaluation
 * specification 9).
 */
final class InputCheck {
  private static final Logger log = LoggerFactory.getLogger("splitio.evaluate");
  private static final int LONGEST_KEY = 250;
  private static final int MANY_NAMES = 1_000;
  private static final int PROPERTIES_BASE = 1_024;
  private static final int PROPERTIES_MOST = 32_768;
  private static final int PROPERTIES_MANY = 300;

  private final Troubles.Voice voice;
  private final String method;
  private final Predicate<String> names;

  /** Checks for the method, or the setting, of that name. */
  InputCheck(Troubles troubles, String method) {
    this(troubles, method, Names::isFlagName);
  }

  /** The same where flags may have other names. */
  InputCheck(Troubles troubles, String method, Predicate<String> names) {
    this.voice = troubles.of(method);
    this.method = method;
    this.names = names;
  }

  /** Whether both parts of a key can be used. */
  boolean isKey(@Nullable Key key) {
    if (key == null) {
      return isKey(null, "matchingKey");
    }
    return isKey(key.matchingKey(), "matchingKey")
        && (key.bucketingKey() == null || isKey(key.bucketingKey(), "bucketingKey"));
  }

  boolean isKey(@Nullable String key, String part) {
    if (key == null) {
      tell(Trouble.NULL_KEY, part);
      return false;
    }
    if (key.isEmpty()) {
      tell(Trouble.EMPTY_KEY, part);
      return false;
    }
    if (key.length() > LONGEST_KEY) {
      tell(Trouble.LONG_KEY, part, key.length());
      return false;
    }
    return true;
  }

  /** The flag name without surrounding white space, or null when it is not valid. */
  @Nullable String flagName(@Nullable String flag) {
    if (flag != null && names.test(flag)) {
      return flag;
    }
    String trimmed = flag == null ? "" : flag.trim();
    if (!names.test(trimmed)) {
      tell(Trouble.BAD_FLAG_NAME, flag);
      return null;
    }
    tell(Trouble.TRIMMED_FLAG_NAME, flag);
    return trimmed;
  }

  /** The valid ones of the names, in their order and without duplicates. */
  Set<String> flagNames(Collection<String> names) {
    Set<String> valid = new LinkedHashSet<>(room(names.size()));
    for (String name : names) {
      String checked = flagName(name);
      if (checked != null) {
        valid.add(checked);
      }
    }
    return valid;
  }

  /** For so many names, if that is true. */
  private static int room(int size) {
    return Math.max(0, Math.min(size, MANY_NAMES)) * 4 / 3 + 1;
  }

  /** The valid ones of the flag sets, in lower case, sorted. */
  Set<String> flagSets(Collection<String> sets) {
    Set<String> valid = new TreeSet<>();
    for (String set : sets) {
      String clean = set == null ? "" : set.toLowerCase(Locale.ROOT).trim();
      if (!Names.isFlagSet(clean)) {
        tell(Trouble.BAD_FLAG_SET, set);
        continue;
      }
      if (!clean.equals(set)) {
        tell(Trouble.CHANGED_FLAG_SET, set, clean);
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
    Map<String, Object> checked = properties(options.properties());
    if (checked == null) {
      return Map.of();
    }
    checked.values().removeIf(value -> value == null);
    return checked;
  }

  /** The properties that can be sent, null values included, or null when they are too large. */
  @Nullable Map<String, Object> properties(Map<String, Object> properties) {
    Map<String, Object> checked = new LinkedHashMap<>();
    long size = PROPERTIES_BASE;
    if (properties.size() > PROPERTIES_MANY) {
      tell(Trouble.MANY_PROPERTIES, null);
    }
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      String name = property.getKey();
      if (name == null || name.isEmpty()) {
        continue;
      }
      Object given = property.getValue();
      Object value = sendable(given);
      if (given != null && value == null) {
        tell(Trouble.BAD_PROPERTY, name);
      }
      checked.put(name, value);
      size += name.length() + (value instanceof String text ? text.length() : 0);
    }
    if (size > PROPERTIES_MOST) {
      tell(Trouble.LARGE_PROPERTIES, null, size);
      return null;
    }
    return checked;
  }

  /** The value as it is sent, long after the application has changed its own; or null. */
  private static @Nullable Object sendable(@Nullable Object value) {
    if (value instanceof Number number) {
      return SendableNumber.of(number);
    }
    return value instanceof String || value instanceof Boolean ? value : null;
  }

  /** Tells that something inside failed; how exactly is for those who look closer. */
  void failed(Throwable cause) {
    boolean told = cause instanceof UnavailableException; // in words, and without secrets
    tell(Trouble.FAILED, told ? cause.getMessage() : cause.getClass().getName());
    log.debug("{} failed", method, cause);
  }

  void tell(Trouble trouble, @Nullable String subject) {
    voice.tell(trouble, subject, null);
  }

  void tell(Trouble trouble, @Nullable String subject, @Nullable Object detail) {
    voice.tell(trouble, subject, detail);
  }

  /**
   * A number of the application's as one that nobody can change any more and that runs no code of
   * the application's when it is sent: a number of the JDK that cannot be extended, or exactly a
   * {@link BigInteger} or {@link BigDecimal}.
   */
  private static final class SendableNumber {
    /** Of a thousand digits and a few; longer ones no service reads. */
    private static final int MOST_BITS = 3_330;

    private SendableNumber() {}

    /** The number, asked for its value now; or null when JSON has no number for it. */
    static @Nullable Number of(Number number) {
      try {
        return fixed(number);
      } catch (RuntimeException | StackOverflowError hostile) {
        return null;
      }
    }

    private static @Nullable Number fixed(Number number) {
      Class<?> type = number.getClass();
      if (type == Integer.class
          || type == Long.class
          || type == Short.class
          || type == Byte.class) {
        return number;
      }
      if (type == BigInteger.class) {
        return ((BigInteger) number).bitLength() > MOST_BITS ? null : number;
      }
      if (type == BigDecimal.class) {
        return ((BigDecimal) number).unscaledValue().bitLength() > MOST_BITS ? null : number;
      }
      double fraction = number.doubleValue();
      if (!Double.isFinite(fraction)) {
        return null;
      }
      return type == Double.class || type == Float.class ? number : plain(number, fraction);
    }

    /** A number of another kind, such as a counter: a whole one stays whole. */
    private static Number plain(Number number, double fraction) {
      long whole = number.longValue();
      if (whole == fraction) { // as far as a double can tell
        return whole;
      }
      return fraction;
    }
  }
}
