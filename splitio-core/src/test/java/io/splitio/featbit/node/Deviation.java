package io.splitio.featbit.node;

import io.splitio.fake.json.Json;
import io.splitio.featbit.node.Model.Condition;
import io.splitio.featbit.node.Model.Flag;
import io.splitio.featbit.node.Model.Rule;
import io.splitio.featbit.node.Model.Segment;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where this SDK and the client for Node.js differ on purpose; docs/compatibility.md lists them.
 */
enum Deviation {
  /** The client for Node.js goes on serving archived flags. */
  ARCHIVED_FLAG,
  /** The client for Node.js goes on asking archived segments. */
  ARCHIVED_SEGMENT,
  /** The client for Node.js takes a segment rule that asks about segments for false. */
  NESTED_SEGMENT,
  /** The client for Node.js throws when a text operator meets a user without the attribute. */
  ABSENT_ATTRIBUTE,
  /** The client for Node.js takes the attribute for the expression, and the value for the text. */
  REGULAR_EXPRESSION,
  /** The client for Node.js takes every condition without a value for false. */
  ABSENT_VALUE,
  /** The client for Node.js reads lists that are no JSON arrays of text. */
  ODD_LIST,
  /** The client for Node.js takes the number that a text begins with, and infinities. */
  ODD_NUMBER,
  /** The client for Node.js compares numbers without rounding them to five decimals. */
  MANY_DECIMALS,
  /** The client for Node.js knows keyId and name only when they are spelled so. */
  SPELLING,
  /** The client for Node.js serves the default when a rule leaves a user out. */
  GAP,
  /** The client for Node.js shares out users without the attribute by the word undefined. */
  ABSENT_DISPATCH,
  /** The client for Node.js asks the default rule whether a rule's users are in an experiment. */
  EXPERIMENT_OF_RULE,
  /** The client for Node.js throws when a flag serves a variation it does not have. */
  UNKNOWN_VARIATION,
  /** The client for Node.js makes a value of every type of flag whose text allows it. */
  TYPE;

  private static final Pattern NUMBER =
      Pattern.compile("\\s*[+-]?([0-9]+(\\.[0-9]+)?|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*");
  private static final Pattern MANY = Pattern.compile(".*\\.[0-9]{6,}\\s*");
  private static final Pattern ODD = Pattern.compile("\\s*[+-]?(Infinity|\\.?[0-9]).*");
  private static final Set<String> STRICT =
      Set.of("Contains", "NotContain", "StartsWith", "EndsWith", "MatchRegex", "NotMatchRegex");

  /** All that may matter to the answer a flag has for a user. */
  static Set<Deviation> touching(Flag flag, User user, Map<String, Segment> segments) {
    Set<Deviation> found = EnumSet.noneOf(Deviation.class);
    if (flag.archived()) {
      found.add(ARCHIVED_FLAG);
    }
    if (!flag.on() || flag.targets().values().stream().anyMatch(all -> all.contains(user.key()))) {
      return found;
    }
    addDispatch(flag.fallthrough(), user, found);
    for (Rule rule : flag.rules()) {
      addDispatch(rule, user, found);
      if (leavesAGap(rule)) {
        found.add(GAP);
      }
      rule.conditions().forEach(condition -> add(condition, user, segments, found));
    }
    return found;
  }

  private static void addDispatch(Rule rule, User user, Set<Deviation> found) {
    String by = rule.dispatchKey();
    if (by != null && !by.isEmpty() && user.property(by) == null) {
      found.add(ABSENT_DISPATCH);
    }
  }

  private static boolean leavesAGap(Rule rule) {
    double width = rule.portions().stream().mapToDouble(share -> share.to() - share.from()).sum();
    return width < 0.9999;
  }

  private static void add(
      Condition condition, User user, Map<String, Segment> segments, Set<Deviation> found) {
    String op = condition.op();
    if (op == null) {
      for (Object id : (List<?>) Objects.requireNonNull(Json.parse(condition.value() + ""))) {
        Segment segment = segments.get(id.toString());
        if (segment != null) {
          addOfSegment(segment, user, found);
        }
      }
      return;
    }
    String value = condition.value();
    String seen = user.property(condition.property());
    if (value == null) {
      found.add(ABSENT_VALUE);
    } else if (op.endsWith("OneOf") && !value.startsWith("[")) {
      found.add(ODD_LIST);
    }
    if (STRICT.contains(op) && seen == null) {
      found.add(ABSENT_ATTRIBUTE);
    }
    if (op.endsWith("MatchRegex")) {
      found.add(REGULAR_EXPRESSION);
    }
    if (Set.of("keyid", "key", "name").contains(condition.property().toLowerCase(Locale.ROOT))
        && !Set.of("keyId", "name").contains(condition.property())) {
      found.add(SPELLING);
    }
    if (op.endsWith("Than")) {
      addNumber(seen, found);
      addNumber(value, found);
    }
  }

  private static void addNumber(@Nullable String text, Set<Deviation> found) {
    if (text == null) {
      return;
    }
    if (MANY.matcher(text).matches()) {
      found.add(MANY_DECIMALS);
    }
    if (ODD.matcher(text).matches() && !NUMBER.matcher(text).matches()) {
      found.add(ODD_NUMBER);
    }
  }

  private static void addOfSegment(Segment segment, User user, Set<Deviation> found) {
    if (segment.archived()) {
      found.add(ARCHIVED_SEGMENT);
    }
    for (List<Condition> rule : segment.rules()) {
      for (Condition condition : rule) {
        if (condition.op() == null) {
          found.add(NESTED_SEGMENT);
        } else {
          add(condition, user, Map.of(), found);
        }
      }
    }
  }

  /** Whether insights about users of a rule of this flag may differ. */
  static boolean differsInExperiments(Flag flag) {
    return !flag.experimentForAll()
        && flag.rules().stream()
            .anyMatch(rule -> rule.experiment() != flag.fallthrough().experiment());
  }
}
