package io.splitio.featbit.node;

import io.splitio.fake.json.Json;
import io.splitio.featbit.node.Model.Condition;
import io.splitio.featbit.node.Model.Flag;
import io.splitio.featbit.node.Model.Portion;
import io.splitio.featbit.node.Model.Rule;
import io.splitio.featbit.node.Model.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Flags, segments and users out of a seed; what both clients read differently is among them. */
final class RandomDefinitions {
  private static final List<String> TEXTS =
      List.of("fr", "de", "us", "Fr", "", "ü", "a@corp.example", "b@example.org", "例", "😀", "f");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "17",
          "18",
          "18.0",
          "65.5",
          "-3",
          "1e2",
          " 7 ",
          "0007",
          "abc",
          "",
          "1_000",
          "99.99999",
          "5.000001",
          "Infinity",
          "0x10",
          "5.");
  private static final List<String> WORDS = List.of("true", "TRUE", "false", "False", "yes", "1");
  private static final List<String> TEXT_OPERATORS =
      List.of(
          "Equal",
          "NotEqual",
          "Contains",
          "NotContain",
          "StartsWith",
          "EndsWith",
          "IsOneOf",
          "NotOneOf",
          "MatchRegex",
          "NotMatchRegex");
  private static final List<String> NUMBER_OPERATORS =
      List.of("LessThan", "LessEqualThan", "BiggerThan", "BiggerEqualThan", "GreaterThan");
  private static final List<String> PROPERTIES =
      List.of("country", "email", "plan", "keyId", "name", "NAME");

  private final Random random;

  RandomDefinitions(long seed) {
    random = new Random(seed);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean oneIn(int number) {
    return random.nextInt(number) == 0;
  }

  User user(int number) {
    Map<String, String> attributes = new TreeMap<>();
    for (String text : List.of("country", "email", "plan", "zone")) {
      if (!oneIn(3)) {
        attributes.put(text, any(TEXTS));
      }
    }
    for (String name : List.of("age", "score")) {
      if (!oneIn(3)) {
        attributes.put(name, any(NUMBERS));
      }
    }
    if (!oneIn(3)) {
      attributes.put("vip", any(WORDS));
    }
    return new User("user-" + number, oneIn(2) ? "fr" : "Name " + number, attributes);
  }

  Segment segment(String id, List<String> others) {
    List<List<Condition>> rules = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      rules.add(conditions(1 + random.nextInt(2), oneIn(8) ? others : List.of()));
    }
    return new Segment(id, keys(), keys(), rules, oneIn(8));
  }

  private List<String> keys() {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(i -> "user-" + random.nextInt(100))
        .toList();
  }

  Flag flag(String key, List<String> segments) {
    int variations = 2 + random.nextInt(3);
    List<String> values = IntStream.range(0, variations).mapToObj(i -> "value " + i % 3).toList();
    Map<String, List<String>> targets = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      targets.put("v" + random.nextInt(variations), keys());
    }
    List<Rule> rules = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      rules.add(rule(conditions(random.nextInt(3), segments), variations, oneIn(12)));
    }
    Rule fallthrough = rule(List.of(), variations, false);
    return new Flag(
        key, "string", values, targets, rules, fallthrough, !oneIn(8), oneIn(12), oneIn(3));
  }

  private Rule rule(List<Condition> conditions, int variations, boolean leavesAGap) {
    String dispatch = oneIn(3) ? any(List.of("zone", "country", "keyId", "name", "")) : null;
    return new Rule(conditions, dispatch, oneIn(2), portions(variations, leavesAGap));
  }

  private List<Portion> portions(int variations, boolean leavesAGap) {
    List<Portion> portions = new ArrayList<>();
    int from = 0;
    while (from < 1000) {
      int to = oneIn(3) ? 1000 : Math.min(1000, from + 1 + random.nextInt(600));
      String variation = "v" + random.nextInt(variations);
      double width = (to - from) / 1000.0;
      portions.add(
          new Portion(variation, from / 1000.0, to / 1000.0, width * random.nextInt(4) / 3));
      from = to;
    }
    if (leavesAGap) {
      portions.remove(random.nextInt(portions.size()));
    }
    return portions;
  }

  private List<Condition> conditions(int number, List<String> segments) {
    return IntStream.range(0, number).mapToObj(i -> condition(segments)).toList();
  }

  private Condition condition(List<String> segments) {
    return switch (random.nextInt(segments.isEmpty() ? 3 : 4)) {
      case 0 -> textCondition();
      case 1 -> new Condition(any(List.of("age", "score")), any(NUMBER_OPERATORS), value(NUMBERS));
      case 2 -> new Condition("vip", any(List.of("IsTrue", "IsFalse")), value(List.of("IsTrue")));
      default -> ofSegments(segments);
    };
  }

  private Condition textCondition() {
    String operator = any(TEXT_OPERATORS);
    String property = any(PROPERTIES);
    return operator.endsWith("OneOf")
        ? new Condition(property, operator, oneIn(15) ? any(ODD_LISTS) : list())
        : new Condition(property, operator, value(TEXTS));
  }

  private static final List<String> ODD_LISTS = List.of("fr,de", "\"fr and de\"", "{}", "[1]");

  private String list() {
    return Json.write(IntStream.range(0, random.nextInt(4)).mapToObj(i -> any(TEXTS)).toList());
  }

  private @Nullable String value(List<String> values) {
    return oneIn(25) ? null : any(values);
  }

  private Condition ofSegments(List<String> segments) {
    List<String> ids = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      ids.add(oneIn(12) ? "unknown" : any(segments));
    }
    String property = oneIn(3) ? "User is not in segment" : "User is in segment";
    return new Condition(property, null, Json.write(ids));
  }
}
