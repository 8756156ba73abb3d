package io.splitio.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.util.regex.Pattern;

/** How errors speak of JSON. */
final class Wording {
  private static final int LONGEST = 40;

  /** How Jackson writes a place; all that is of use are the numbers. */
  private static final Pattern PLACE =
      Pattern.compile("\\[Source: [^\\]]*; line: (\\d{1,9}), column: (\\d{1,9})\\]");

  /** How Jackson names the setting behind a limit; it is ours, not the user's. */
  private static final Pattern LIMIT = Pattern.compile(", from `[^`]*`");

  private Wording() {}

  /** What the parser found, and where; at the limits it does not know. */
  static MalformedJsonException malformed(
      JsonProcessingException e, Places places, JsonLocation here) {
    JsonLocation known = e.getLocation();
    JsonLocation at = known == null || known.getLineNr() < 1 ? here : known;
    return new MalformedJsonException(
        problem(e, places), places.line(at), places.column(at), isLimit(e));
  }

  /** Without the parser's own affairs. */
  private static String problem(JsonProcessingException e, Places places) {
    String problem =
        PLACE
            .matcher(e.getOriginalMessage())
            .replaceAll(
                at -> places.text(Integer.parseInt(at.group(1)), Integer.parseInt(at.group(2))));
    return LIMIT.matcher(problem).replaceAll("");
  }

  /** Whether it is about the size of something, which a parser with other limits would take. */
  private static boolean isLimit(JsonProcessingException e) {
    return e instanceof StreamConstraintsException;
  }

  /** The beginning of a text. */
  static String shown(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "a number";
    };
  }
}
