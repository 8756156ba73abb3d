package io.splitio.client;

import static org.slf4j.event.Level.ERROR;
import static org.slf4j.event.Level.WARN;

import io.splitio.log.LogSafe;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What an application can be told about a call, each with its level and its words (evaluation
 * specification 9). The words are made of what the trouble is about and of a detail, and only when
 * they are read.
 */
enum Trouble {
  NOT_READY(
      WARN,
      (none, asked) ->
          "the SDK is not ready; the answer for "
              + LogSafe.quoteAll(asked)
              + " may be control. Wait with blockUntilReady()"),
  FLAGS_MISSING(
      WARN,
      (none, asked) -> "the SDK is not ready; flags may be missing. Wait with blockUntilReady()"),
  DESTROYED(ERROR, (none, consequence) -> "the SDK is destroyed; " + consequence),
  FAILED(ERROR, (cause, none) -> "failed: " + LogSafe.quote(cause)),

  NULL_KEY(ERROR, (part, none) -> part + " is null; it must have 1 to 250 characters"),
  EMPTY_KEY(ERROR, (part, none) -> part + " is empty; it must have 1 to 250 characters"),
  LONG_KEY(
      ERROR,
      (part, length) -> part + " has " + length + " characters; it must have 1 to 250 characters"),

  NO_FLAG_NAMES(ERROR, (none, nothing) -> "no flag names given; name at least one"),
  BAD_FLAG_NAME(
      ERROR,
      (flag, none) ->
          "flag name "
              + LogSafe.quote(flag)
              + " is not valid; a flag name has 1 to 100 letters, digits, '-' and '_', starts with"
              + " a letter or digit, and may have '.' if it starts with a digit"),
  TRIMMED_FLAG_NAME(
      WARN,
      (flag, none) ->
          "flag name " + LogSafe.quote(flag) + " has surrounding white space, which is left out"),
  UNKNOWN_FLAG(
      WARN, (flag, none) -> "flag " + LogSafe.quote(flag) + " does not exist in this environment") {
    @Override
    String scope(String method) {
      return ""; // it is missing whatever it was asked with
    }
  },

  NO_FLAG_SETS(WARN, (none, nothing) -> "no flag sets given; name at least one"),
  BAD_FLAG_SET(
      WARN,
      (set, none) ->
          "flag set "
              + LogSafe.quote(set)
              + " is left out; a flag set has 1 to 50 lower-case letters, digits and '_' and"
              + " starts with a letter or digit"),
  NO_FLAG_SET_LEFT(
      WARN,
      (none, nothing) -> "none of the flag sets is valid: no filter is left, all flags are loaded"),
  CHANGED_FLAG_SET(
      WARN, (set, clean) -> "flag set " + LogSafe.quote(set) + " is taken as '" + clean + "'"),
  FLAG_SET_NOT_LOADED(
      WARN,
      (set, loaded) ->
          "flag set " + LogSafe.quote(set) + " is not one of those this SDK loads " + loaded),
  EMPTY_FLAG_SET(WARN, (set, none) -> "no flag belongs to the flag set '" + set + "'"),
  FLAG_SET_UNAVAILABLE(
      WARN,
      (set, why) ->
          "flag set "
              + LogSafe.quote(set)
              + " could not be had, so its flags are not in the answer: "
              + why),

  MANY_PROPERTIES(
      WARN, (none, nothing) -> "more than 300 properties; the service may leave some out"),
  BAD_PROPERTY(
      WARN,
      (name, none) ->
          "property "
              + LogSafe.quote(name)
              + " is no text, boolean or finite number of at most 1,000 digits; null is sent"),
  LARGE_PROPERTIES(
      ERROR,
      (none, size) -> "the properties have a size of " + size + "; at most 32768 is accepted"),

  NO_TRAFFIC_TYPE(
      ERROR, (what, none) -> "the traffic type is " + what + "; name one, such as 'user'"),
  LOWERED_TRAFFIC_TYPE(
      WARN, (type, none) -> "traffic type " + LogSafe.quote(type) + " is sent in lower case"),
  UNKNOWN_TRAFFIC_TYPE(
      WARN,
      (type, none) ->
          "traffic type "
              + LogSafe.quote(type)
              + " does not have any corresponding feature flags in this environment; the event is"
              + " sent all the same. Make sure that the type is defined and spelled like this"),
  BAD_EVENT_TYPE(
      ERROR,
      (type, none) ->
          "event type "
              + LogSafe.quote(type)
              + " is not valid; it has 1 to 80 letters, digits, '-', '_', '.' and ':', and starts"
              + " with a letter or digit"),

  BAD_VALUE(
      ERROR,
      (value, none) -> "the value is " + value + "; it must be a finite number, or null for none"),

  BAD_FALLBACK(
      ERROR,
      (treatment, none) ->
          "treatment "
              + LogSafe.quote(treatment)
              + " is left out; a treatment has 1 to 100 letters, digits, '-' and '_', starts with"
              + " a letter or digit, and may have '.' if it starts with a digit"),
  TRIMMED_FALLBACK(
      WARN,
      (treatment, clean) ->
          "treatment " + LogSafe.quote(treatment) + " is taken as '" + clean + "'");

  private final Level level;

  @SuppressWarnings("ImmutableEnumChecker") // functions that capture nothing
  private final BiFunction<@Nullable String, @Nullable Object, String> words;

  Trouble(Level level, BiFunction<@Nullable String, @Nullable Object, String> words) {
    this.level = level;
    this.words = words;
  }

  /** How loud it is told the first time. */
  Level level() {
    return level;
  }

  /** What is told. */
  String words(@Nullable String subject, @Nullable Object detail) {
    return words.apply(subject, detail);
  }

  /** Within what it is told once: usually the method that was called. */
  String scope(String method) {
    return method;
  }
}
