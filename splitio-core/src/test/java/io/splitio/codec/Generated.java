package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.flag.Criterion;
import io.splitio.flag.DateMatcher;
import io.splitio.flag.Matcher;
import io.splitio.flag.NumberMatcher;
import io.splitio.flag.Relation;
import io.splitio.flag.Semver;
import io.splitio.flag.SemverMatcher;
import io.splitio.flag.SetMatcher;
import io.splitio.flag.StringMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes random definitions, each as JSON and as what it must compile to. */
final class Generated {
  private static final String[] WORDS = {
    "on",
    "off",
    "control",
    "a",
    "",
    " ",
    "ñandú",
    "\"quoted\"",
    "back\\slash",
    "\u0001\n\t",
    "😀",
    "1.2.3",
    "1.0.0-rc.1+b",
    "user",
    "premium",
    "9223372036854775807",
    "\uD83D",
    "/",
    "null"
  };

  private final Random random;

  Generated(long seed) {
    this.random = new Random(seed);
  }

  /** A matcher. */
  record Rule(String json, Criterion compiled) {}

  /** The fields of a JSON object in random order, with one nobody knows. */
  String object(List<String> fields) {
    List<String> all = new ArrayList<>(fields);
    if (random.nextInt(4) == 0) {
      all.add("\"unknown\":{\"deep\":[1,{\"x\":null}]}");
    }
    Collections.shuffle(all, random);
    return "{" + String.join(random.nextBoolean() ? "," : " ,\r\n\t", all) + "}";
  }

  Rule rule() {
    List<String> fields = new ArrayList<>();
    boolean negated = random.nextBoolean();
    if (negated || random.nextBoolean()) {
      fields.add("\"negate\":" + negated);
    }
    String attribute = random.nextBoolean() ? word() : null;
    if (attribute != null) {
      fields.add(
          "\"keySelector\":{\"trafficType\":\"user\",\"attribute\":" + text(attribute) + "}");
    }
    int kind = random.nextInt(21);
    if (kind < 3) {
      Relation relation = relation(kind, fields);
      return new Rule(object(fields), new Criterion.OfRelation(relation, negated));
    }
    Matcher matcher = matcher(kind, fields);
    Criterion criterion =
        attribute == null
            ? new Criterion.OfKey(matcher, negated)
            : new Criterion.OfAttribute(attribute, matcher, negated);
    return new Rule(object(fields), criterion);
  }

  private Relation relation(int kind, List<String> fields) {
    String name = word();
    if (kind == 2) {
      List<String> treatments = words();
      fields.add("\"matcherType\":\"IN_SPLIT_TREATMENT\"");
      fields.add(
          "\"dependencyMatcherData\":{\"split\":"
              + text(name)
              + ",\"treatments\":"
              + array(treatments)
              + "}");
      return new Relation.InTreatment(name, treatments);
    }
    String type = kind == 0 ? "IN_SEGMENT" : "IN_RULE_BASED_SEGMENT";
    fields.add("\"matcherType\":\"" + type + "\"");
    fields.add("\"userDefinedSegmentMatcherData\":{\"segmentName\":" + text(name) + "}");
    return kind == 0 ? new Relation.InSegment(name) : new Relation.InRuleBasedSegment(name);
  }

  private Matcher matcher(int kind, List<String> fields) {
    long start = random.nextLong();
    long end = random.nextInt(10) - 5L;
    boolean dates = random.nextBoolean();
    List<String> list = words();
    Supplier<Set<String>> set = () -> Set.copyOf(list);
    String version = word();
    String other = word();
    DateUnit unit = DateUnit.MILLISECONDS;
    return switch (kind) {
      case 3 -> typed("ALL_KEYS", fields, null, new Matcher.Anything());
      case 4 -> listed("WHITELIST", fields, list, new StringMatcher.OneOf(set.get()));
      case 5 -> listed("STARTS_WITH", fields, list, new StringMatcher.StartsWith(list));
      case 6 -> listed("ENDS_WITH", fields, list, new StringMatcher.EndsWith(list));
      case 7 -> listed("CONTAINS_STRING", fields, list, new StringMatcher.Contains(list));
      case 8 -> listed("EQUAL_TO_SET", fields, list, new SetMatcher.EqualTo(set.get()));
      case 9 -> listed("PART_OF_SET", fields, list, new SetMatcher.PartOf(set.get()));
      case 10 -> listed("CONTAINS_ALL_OF_SET", fields, list, new SetMatcher.ContainsAll(set.get()));
      case 11 -> listed("CONTAINS_ANY_OF_SET", fields, list, new SetMatcher.ContainsAny(set.get()));
      case 12 ->
          unary(
              "EQUAL_TO",
              fields,
              dates,
              start,
              dates ? new DateMatcher.SameDay(start, unit) : new NumberMatcher.EqualTo(start));
      case 13 ->
          unary(
              "GREATER_THAN_OR_EQUAL_TO",
              fields,
              dates,
              start,
              dates ? new DateMatcher.AtLeast(start, unit) : new NumberMatcher.AtLeast(start));
      case 14 ->
          unary(
              "LESS_THAN_OR_EQUAL_TO",
              fields,
              dates,
              start,
              dates ? new DateMatcher.AtMost(start, unit) : new NumberMatcher.AtMost(start));
      case 15 ->
          typed(
              "BETWEEN",
              fields,
              "\"betweenMatcherData\":{\"end\":" + end + type(dates) + ",\"start\":" + start + "}",
              dates
                  ? new DateMatcher.Between(start, end, unit)
                  : new NumberMatcher.Between(start, end));
      case 16 ->
          typed(
              "EQUAL_TO_BOOLEAN",
              fields,
              "\"booleanMatcherData\":" + dates,
              new Matcher.IsBoolean(dates));
      case 17 ->
          typed(
              "MATCHES_STRING",
              fields,
              "\"stringMatcherData\":\"^a+[0-9]$\"",
              StringMatcher.MatchesRegex.of("^a+[0-9]$"));
      case 18 ->
          typed(
              "EQUAL_TO_SEMVER",
              fields,
              "\"stringMatcherData\":" + text(version),
              new SemverMatcher.EqualTo(Semver.parse(version)));
      case 19 ->
          typed(
              "BETWEEN_SEMVER",
              fields,
              "\"betweenStringMatcherData\":{\"start\":"
                  + text(version)
                  + ",\"end\":"
                  + text(other)
                  + "}",
              new SemverMatcher.Between(Semver.parse(version), Semver.parse(other)));
      default ->
          listed(
              "IN_LIST_SEMVER",
              fields,
              list,
              new SemverMatcher.OneOf(
                  list.stream().map(Semver::parse).filter(v -> v != null).toList()));
    };
  }

  private static String type(boolean dates) {
    return ",\"dataType\":\"" + (dates ? "DATETIME" : "NUMBER") + "\"";
  }

  private Matcher unary(
      String type, List<String> fields, boolean dates, long value, Matcher matcher) {
    return typed(
        type,
        fields,
        "\"unaryNumericMatcherData\":{\"value\":" + value + type(dates) + "}",
        matcher);
  }

  private Matcher listed(String type, List<String> fields, List<String> list, Matcher matcher) {
    return typed(
        type, fields, "\"whitelistMatcherData\":{\"whitelist\":" + array(list) + "}", matcher);
  }

  private static Matcher typed(
      String type, List<String> fields, @Nullable String data, Matcher matcher) {
    fields.add("\"matcherType\":\"" + type + "\"");
    if (data != null) {
      fields.add(data);
    }
    return matcher;
  }

  String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  List<String> words() {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      words.add(word());
    }
    return words;
  }

  int number(int bound) {
    return random.nextInt(bound);
  }

  int anyInt() {
    return random.nextInt();
  }

  static String array(Collection<String> texts) {
    return texts.stream().map(Generated::text).collect(Collectors.joining(",", "[", "]"));
  }

  /** A JSON text; every other character is escaped. */
  static String text(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c) || i % 2 == 1) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
