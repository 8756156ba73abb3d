package io.splitio.backend.featbit.rule;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule looks at: the key of a user, the name, or an attribute. All of it is text (FeatBit
 * specification 4.1).
 */
record Property(Kind kind, String name) {
  private static final String NAME = "name";

  /** The longest number that is written out without an exponent. */
  private static final int MOST_DIGITS = 1_000;

  /** Where the text comes from. */
  enum Kind {
    /** The key of the user. */
    KEY,
    /** The name of the user, or the key of one without a name. */
    NAME,
    /** An attribute. */
    ATTRIBUTE,
    /** Nowhere: the rule names nothing. */
    NOTHING
  }

  /** The key of the user. */
  static final Property KEY = new Property(Kind.KEY, "keyId");

  /** What a definition names; the key and the name in any letter case. */
  static Property named(@Nullable String name) {
    if (name == null) {
      return new Property(Kind.NOTHING, "");
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "keyid", "key" -> KEY;
      case NAME -> new Property(Kind.NAME, NAME);
      default -> new Property(Kind.ATTRIBUTE, name);
    };
  }

  /** What a definition shares users out by; nothing means their key. */
  static Property dispatching(@Nullable String name) {
    return name == null || name.isEmpty() ? KEY : named(name);
  }

  /** The text of one user, or null when there is none. */
  @Nullable String of(String key, Map<String, Object> attributes) {
    return switch (kind) {
      case KEY -> key;
      case NAME -> nameOr(key, attributes);
      case ATTRIBUTE -> text(attributes.get(name));
      case NOTHING -> null;
    };
  }

  /** The name of a user, which is the key where no other is given. */
  private static String nameOr(String key, Map<String, Object> attributes) {
    String name = text(attributes.get(NAME));
    return name == null || name.isBlank() ? key : name;
  }

  /** An attribute as FeatBit knows it; what is no text, number or boolean is not there. */
  static @Nullable String text(@Nullable Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Character) {
      return value.toString();
    }
    return value instanceof Number number ? text(number) : null;
  }

  private static @Nullable String text(Number number) {
    String text = number.toString();
    if (text.indexOf('E') < 0) {
      return text;
    }
    try {
      BigDecimal exact = new BigDecimal(text);
      boolean brief = Math.abs((long) exact.scale()) + exact.precision() <= MOST_DIGITS;
      return brief ? exact.toPlainString() : text;
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
