package io.splitio.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random keys and attributes, often such that rules match, often of the wrong type. */
public final class RandomUsers {
  private static final String[] ATTRIBUTES = {"age", "when", "plan", "roles", "app", "flag", ""};
  private static final String[] TEXTS = {
    "gold", "silver", "Gold", "", " ", "true", "FALSE", "42", "user-1", "user-7", "ñandú", "日本語",
    "😀"
  };
  private static final String[] FRAGMENTS = {"user", "us", "-1", "7", "old", "", "ñ", "😀", "x"};
  private static final String[] ELEMENTS = {"1", "2", "a", "b", "admin", ""};
  private static final String[] EXPRESSIONS = {
    "b+c", "^user", "[0-9]$", "^$", "o|ñ", "(?i)GOLD", "^user-[0-9]{1,2}$", "\\d+", ".", "l(?=d)"
  };
  private static final String[] VERSIONS = {
    "1.2.3",
    "01.2.3",
    "1.2.4",
    "1.10.0",
    "2.0.0-rc.1",
    "2.0.0-rc.01",
    "2.0.0-rc.2",
    "2.0.0-rc.x",
    "2.0.0-Rc",
    "2.0.0",
    "2.0.0+build",
    "2.0.0+other",
    "2.0.0-rc.1+b-1",
    "1.2.3----RC.1",
    "v1.2.3",
    "1.2",
    "1.2.3.4",
    "1.2.3-",
    "1.2.3+",
    " 1.2.3",
    "9223372036854775807.0.0",
    "9223372036854775808.0.0",
    "1..3",
    "1.2.3-."
  };
  private static final long[] NUMBERS = {0, 1, 17, 18, 30, 42, -1, -60_001, Integer.MAX_VALUE};
  private static final long NOW = 1_700_000_045_123L;
  private static final long MIDNIGHT = 1_700_006_400_000L;

  private final Random random;

  /** Users that the source of chance decides. */
  public RandomUsers(Random random) {
    this.random = random;
  }

  /** Who asks. */
  public record User(String key, @Nullable String bucketingKey, Map<String, Object> attributes) {}

  /** The next one. */
  public User user() {
    return new User(key(), random.nextInt(3) == 0 ? key() : null, attributes());
  }

  private String key() {
    return switch (random.nextInt(8)) {
      case 0 -> nonEmpty(text());
      case 1 -> anyUnits(1 + random.nextInt(12));
      case 2 -> "k".repeat(1 + random.nextInt(250));
      default -> plainKey();
    };
  }

  private static String nonEmpty(String text) {
    return text.isEmpty() ? "e" : text;
  }

  /** Characters of all widths; surrogates need not come in pairs. */
  private String anyUnits(int length) {
    StringBuilder units = new StringBuilder();
    for (int i = 0; i < length; i++) {
      units.append(
          (char)
              switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x80);
                case 1 -> random.nextInt(0x800);
                case 2 -> 0xD800 + random.nextInt(0x800);
                default -> random.nextInt(0x10000);
              });
    }
    return units.toString();
  }

  private Map<String, Object> attributes() {
    Map<String, Object> attributes = new HashMap<>();
    for (String name : ATTRIBUTES) {
      if (random.nextInt(4) > 0) {
        attributes.put(name, value(random.nextInt(4) == 0 ? "" : name));
      }
    }
    return attributes;
  }

  private @Nullable Object value(String name) {
    return switch (name) {
      case "age" -> whole(number(false));
      case "when" -> whole(number(true));
      case "plan" -> text();
      case "roles" -> elements();
      case "app" -> version();
      case "flag" -> random.nextBoolean();
      default -> anything();
    };
  }

  private @Nullable Object anything() {
    return switch (random.nextInt(9)) {
      case 0 -> null;
      case 1 -> new Object();
      case 2 -> 'c';
      case 3 -> Map.of("a", 1);
      case 4 -> elements();
      case 5 -> version();
      case 6 -> random.nextBoolean() ? "True" : random.nextBoolean();
      case 7 -> whole(number(random.nextBoolean()));
      default -> text();
    };
  }

  private Object whole(long number) {
    return number == (int) number && random.nextBoolean() ? (Object) (int) number : (Object) number;
  }

  private Object elements() {
    List<Object> elements = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      elements.add(random.nextInt(4) == 0 ? (Object) random.nextInt(3) : element());
    }
    return random.nextBoolean() ? elements : new HashSet<>(elements);
  }

  String plainKey() {
    return "user-" + random.nextInt(60);
  }

  String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  String fragment() {
    return FRAGMENTS[random.nextInt(FRAGMENTS.length)];
  }

  String element() {
    return ELEMENTS[random.nextInt(ELEMENTS.length)];
  }

  String expression() {
    return EXPRESSIONS[random.nextInt(EXPRESSIONS.length)];
  }

  String version() {
    return VERSIONS[random.nextInt(VERSIONS.length)];
  }

  String attribute() {
    return ATTRIBUTES[random.nextInt(ATTRIBUTES.length)];
  }

  /** A number, or a moment near the others of its kind. */
  long number(boolean date) {
    if (!date) {
      return NUMBERS[random.nextInt(NUMBERS.length)];
    }
    return random.nextInt(3) == 0
        ? MIDNIGHT + random.nextInt(3) - 1
        : NOW + (random.nextInt(9) - 4) * 30_000L + (random.nextInt(5) - 2) * 43_200_000L;
  }
}
