package io.splitio.backend.featbit.rule;

import io.splitio.backend.featbit.rule.NumberTest.Order;
import io.splitio.flag.Criterion;
import io.splitio.flag.Matcher;
import io.splitio.flag.StringMatcher;
import io.splitio.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** FeatBit's operators as criteria of the common model (FeatBit specification 4.3). */
final class Criteria {
  /** A test that nothing passes: the value is missing, or the operator is not known. */
  private static final Matcher NEVER = new StringMatcher.OneOf(Set.of());

  private Criteria() {}

  /** The conditions of a rule, which must all hold. */
  static List<Criterion> of(List<ConditionDefinition> conditions) {
    List<Criterion> criteria = new ArrayList<>(conditions.size());
    conditions.forEach(condition -> criteria.add(of(condition)));
    return criteria;
  }

  static Criterion of(ConditionDefinition condition) {
    String value = condition.value();
    return switch (condition.effectiveOperator()) {
      case "User is in segment" -> segments(value, false);
      case "User is not in segment" -> segments(value, true);
      case "NotEqual" -> test(condition, given(value, Criteria::equalTo), true);
      case "NotContain" -> test(condition, given(value, Criteria::containing), true);
      case "NotOneOf" -> test(condition, new StringMatcher.OneOf(texts(value)), true);
      case "NotMatchRegex" -> test(condition, given(value, Criteria::regex), true);
      default -> test(condition, matcher(condition.effectiveOperator(), value), false);
    };
  }

  /** The operators that are no negation of another. */
  private static Matcher matcher(String operator, @Nullable String value) {
    return switch (operator) {
      case "Equal" -> given(value, Criteria::equalTo);
      case "Contains" -> given(value, Criteria::containing);
      case "StartsWith" -> given(value, Criteria::beginning);
      case "EndsWith" -> given(value, Criteria::ending);
      case "IsOneOf" -> new StringMatcher.OneOf(texts(value));
      case "MatchRegex" -> given(value, Criteria::regex);
      case "IsTrue" -> new Matcher.IsBoolean(true);
      case "IsFalse" -> new Matcher.IsBoolean(false);
      case "LessThan" -> number(Order.LESS, value);
      case "LessEqualThan" -> number(Order.LESS_OR_EQUAL, value);
      case "BiggerThan" -> number(Order.MORE, value);
      case "BiggerEqualThan" -> number(Order.MORE_OR_EQUAL, value);
      default -> NEVER;
    };
  }

  private static Criterion test(ConditionDefinition condition, Matcher matcher, boolean negated) {
    return new PropertyCriterion(Property.named(condition.property()), matcher, negated);
  }

  private static Criterion segments(@Nullable String value, boolean negated) {
    return new Criterion.OfRelation(new InAnySegment(texts(value)), negated);
  }

  private static Matcher given(@Nullable String value, Function<String, Matcher> matcher) {
    return value == null ? NEVER : matcher.apply(value);
  }

  private static Matcher equalTo(String value) {
    return new StringMatcher.OneOf(Set.of(value));
  }

  /** Here an empty text is part of every text; Split's matcher passes over it. */
  private static Matcher containing(String value) {
    return value.isEmpty() ? new Matcher.Anything() : new StringMatcher.Contains(List.of(value));
  }

  private static Matcher beginning(String value) {
    return value.isEmpty() ? new Matcher.Anything() : new StringMatcher.StartsWith(List.of(value));
  }

  private static Matcher ending(String value) {
    return value.isEmpty() ? new Matcher.Anything() : new StringMatcher.EndsWith(List.of(value));
  }

  private static Matcher regex(String value) {
    try {
      return StringMatcher.MatchesRegex.of(value);
    } catch (IllegalArgumentException e) {
      return new Unanswerable(String.valueOf(e.getMessage()));
    }
  }

  private static Matcher number(Order order, @Nullable String value) {
    BigDecimal bound = value == null ? null : RoundedNumber.parse(value);
    return bound == null ? NEVER : new NumberTest(order, bound);
  }

  /** The texts of a JSON array in a text; none when it is no such array. */
  static List<String> texts(@Nullable String array) {
    if (array == null) {
      return List.of();
    }
    try (Json json = Json.of(array)) {
      if (!json.beginAnyDocument() || !json.isArray()) {
        return List.of();
      }
      List<String> texts = textsOnly(json);
      json.endDocument();
      return texts;
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> textsOnly(Json json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextElement()) {
      String text = json.isText() ? json.text("an element") : null;
      if (text == null) {
        json.skip();
      } else {
        texts.add(text);
      }
    }
    return texts;
  }
}
