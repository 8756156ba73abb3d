package io.splitio.featbit.node;

import io.splitio.featbit.node.Model.Condition;
import io.splitio.featbit.node.Model.Flag;
import io.splitio.featbit.node.Model.Portion;
import io.splitio.featbit.node.Model.Rule;
import io.splitio.featbit.node.Model.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every deviation by itself: who is asked about what, and what either client answers. */
final class ListedDeviations {
  private static final String IN_SEGMENT = "User is in segment";
  private static final Answer YES = new Answer("yes", "rule match");
  private static final Answer NO = new Answer("no", "fall through all rules");
  private static final Answer THROWN = new Answer(null, "throws TypeError");
  private static final Answer ERROR = new Answer(null, "error in evaluation");

  private final List<Case> cases = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();

  /** One of them. */
  record Case(Deviation deviation, Flag flag, User user, Answer ours, Answer theirs) {}

  ListedDeviations() {
    archived();
    attributesAndValues();
    numbersAndLists();
    rollouts();
  }

  List<Case> cases() {
    return cases;
  }

  List<Segment> segments() {
    return segments;
  }

  private void archived() {
    Flag flag = NodeClientCheck.certain("archived", "still").archive();
    Answer still = new Answer("still", "fall through all rules");
    add(Deviation.ARCHIVED_FLAG, flag, ana(), new Answer(null, "flag not found"), still);
    segments.add(new Segment("plain", List.of("ana"), List.of(), List.of(), false));
    segments.add(new Segment("archived", List.of("ana"), List.of(), List.of(), true));
    Condition plain = new Condition(IN_SEGMENT, null, "[\"plain\"]");
    segments.add(new Segment("nested", List.of(), List.of(), List.of(List.of(plain)), false));
    add(Deviation.ARCHIVED_SEGMENT, ana(), condition(IN_SEGMENT, null, "[\"archived\"]"), NO, YES);
    add(Deviation.NESTED_SEGMENT, ana(), condition(IN_SEGMENT, null, "[\"nested\"]"), YES, NO);
  }

  private void attributesAndValues() {
    add(Deviation.ABSENT_ATTRIBUTE, ana(), condition("plan", "Contains", "pro"), NO, THROWN);
    add(Deviation.ABSENT_ATTRIBUTE, ana(), condition("plan", "NotContain", "pro"), YES, THROWN);
    add(Deviation.ABSENT_ATTRIBUTE, ana(), condition("plan", "StartsWith", "pro"), NO, THROWN);
    add(Deviation.ABSENT_ATTRIBUTE, ana(), condition("plan", "MatchRegex", "pro"), NO, THROWN);
    add(
        Deviation.REGULAR_EXPRESSION,
        ana("p", "hello"),
        condition("p", "MatchRegex", "ell"),
        YES,
        NO);
    add(
        Deviation.REGULAR_EXPRESSION,
        ana("p", "ell"),
        condition("p", "MatchRegex", "hello"),
        NO,
        YES);
    add(
        Deviation.REGULAR_EXPRESSION,
        ana("p", "ell"),
        condition("p", "NotMatchRegex", "hello"),
        YES,
        NO);
    add(Deviation.ABSENT_VALUE, ana("p", "x"), condition("p", "NotEqual", null), YES, NO);
    add(Deviation.ABSENT_VALUE, ana("p", "x"), condition("p", "NotOneOf", null), YES, NO);
    add(Deviation.ABSENT_VALUE, ana("p", "TRUE"), condition("p", "IsTrue", null), YES, NO);
    add(Deviation.SPELLING, ana(), condition("NAME", "Equal", "Name of ana"), YES, NO);
    add(Deviation.SPELLING, ana(), condition("key", "Equal", "ana"), YES, NO);
  }

  private void numbersAndLists() {
    add(Deviation.ODD_LIST, ana("p", "a"), condition("p", "IsOneOf", "\"abc\""), NO, YES);
    add(Deviation.ODD_LIST, ana("p", "a"), condition("p", "NotOneOf", "oops"), YES, NO);
    add(Deviation.ODD_NUMBER, ana("p", "Infinity"), condition("p", "BiggerThan", "1"), NO, YES);
    add(Deviation.ODD_NUMBER, ana("p", "0x10"), condition("p", "LessThan", "1"), NO, YES);
    add(Deviation.ODD_NUMBER, ana("p", "5."), condition("p", "BiggerThan", "1"), NO, YES);
    add(Deviation.MANY_DECIMALS, ana("p", "5"), condition("p", "LessThan", "5.000001"), NO, YES);
  }

  private void rollouts() {
    Rule half = rule(List.of(), null, portion("v1", 0, 1e-9));
    Rule rest = rule(List.of(), null, portion("v0", 0, 1));
    add(Deviation.GAP, flag("gap", List.of(half), rest), ana(), NO, ERROR);
    Rule byZone = rule(List.of(), "zone", portion("v0", 0, 0.5), portion("v1", 0.5, 1));
    Answer other = new Answer("yes", "fall through all rules");
    add(Deviation.ABSENT_DISPATCH, flag("flag-39", List.of(), byZone), ana(), NO, other);
    Rule unknown = rule(List.of(), null, portion("v9", 0, 1));
    add(Deviation.UNKNOWN_VARIATION, flag("unknown", List.of(), unknown), ana(), ERROR, THROWN);
  }

  private static User ana(String... pairs) {
    return User.of("ana", pairs);
  }

  private static Condition condition(String property, @Nullable String op, @Nullable String value) {
    return new Condition(property, op, value);
  }

  private static Portion portion(String variation, double from, double to) {
    return new Portion(variation, from, to, 1);
  }

  private static Rule rule(List<Condition> conditions, @Nullable String by, Portion... portions) {
    return new Rule(conditions, by, false, List.of(portions));
  }

  private static Flag flag(String key, List<Rule> rules, Rule rest) {
    return new Flag(key, "string", List.of("no", "yes"), Map.of(), rules, rest, true, false, false);
  }

  private void add(
      Deviation deviation, User user, Condition condition, Answer ours, Answer theirs) {
    Rule yes = rule(List.of(condition), null, portion("v1", 0, 1));
    Rule no = rule(List.of(), null, portion("v0", 0, 1));
    add(deviation, flag("case-" + cases.size(), List.of(yes), no), user, ours, theirs);
  }

  private void add(Deviation deviation, Flag flag, User user, Answer ours, Answer theirs) {
    cases.add(new Case(deviation, flag, user, ours, theirs));
  }
}
