package io.splitio.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a flag came to its decision for one key, step by step. It records nothing.
 *
 * <p>A tree of plain records: any JSON library writes it as it stands, and {@link #toString()}
 * reads like a report.
 *
 * @param flag the flag that was asked for
 * @param matchingKey who asked
 * @param bucketingKey the key that decides buckets, or null when it is the matching key
 * @param evaluation the decision
 * @param steps what was looked at, in order; the last one decided
 */
public record Explanation(
    String flag,
    String matchingKey,
    @Nullable String bucketingKey,
    Evaluation evaluation,
    List<Step> steps) {

  /** Copies the steps. */
  public Explanation {
    steps = List.copyOf(steps);
  }

  /** What a step is about. */
  public enum Kind {
    /**
     * The question itself: whether key and flag name are valid, and whether the SDK could answer.
     */
    QUESTION,
    /** Whether the flag is known. */
    LOOKUP,
    /** Whether the flag is killed. */
    KILLED,
    /** What another flag serves. */
    PREREQUISITE,
    /** Whether the key is among the percentage that percentage rules are for. */
    TRAFFIC_ALLOCATION,
    /** A key or segment that a rule-based segment leaves out. */
    EXCLUSION,
    /** A targeting or percentage rule. */
    CONDITION,
    /** No rule matched. */
    DEFAULT_RULE,
    /** The evaluation could not be finished. */
    ERROR
  }

  /**
   * One thing that was looked at.
   *
   * @param kind what it is about
   * @param description what was found, in words
   * @param decided whether it decided the outcome
   * @param bucket the bucket of the key, 1 to 100, or null when no bucket was needed
   * @param checks the tests it is made of
   */
  public record Step(
      Kind kind,
      String description,
      boolean decided,
      @Nullable Integer bucket,
      List<Check> checks) {
    /** Copies the checks. */
    public Step {
      checks = List.copyOf(checks);
    }

    /** A step that decided, without a bucket or checks. */
    public static Step deciding(Kind kind, String description) {
      return new Step(kind, description, true, null, List.of());
    }
  }

  /**
   * One test of a step.
   *
   * @param test what is asked, such as {@code is one of [gold, silver]}
   * @param attribute the attribute that is looked at, or null for the key
   * @param value what was seen, as text, cut after 256 characters; null when the attribute is
   *     absent
   * @param negated whether the test holds when it does not match
   * @param matched whether it held, negation included
   * @param steps how the flag or the rule-based segment that was asked about came to its decision
   */
  public record Check(
      String test,
      @Nullable String attribute,
      @Nullable String value,
      boolean negated,
      boolean matched,
      List<Step> steps) {
    /** Copies the steps. */
    public Check {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A report of several lines. Characters of keys, names and values that cannot be printed are
   * escaped.
   */
  @Override
  public String toString() {
    StringBuilder report = new StringBuilder();
    report.append(Printable.text(flag)).append(" serves ");
    report.append(Printable.text(evaluation.treatment())).append(" to ");
    report.append(Printable.text(matchingKey));
    if (bucketingKey != null) {
      report.append(" (bucketed as ").append(Printable.text(bucketingKey)).append(')');
    }
    report.append(": ").append(Printable.text(evaluation.label()));
    append(report, steps, 1);
    return report.toString();
  }

  private static void append(StringBuilder report, List<Step> steps, int depth) {
    for (Step step : steps) {
      line(report, depth)
          .append(step.decided ? "=> " : "   ")
          .append(step.kind)
          .append(": ")
          .append(Printable.text(step.description));
      for (Check check : step.checks) {
        line(report, depth + 2).append(check.matched ? "[x] " : "[ ] ");
        report.append(check.attribute == null ? "key" : Printable.text(check.attribute));
        report.append(check.negated ? " not: " : " ").append(Printable.text(check.test));
        report.append(
            check.value == null ? " (absent)" : " (saw " + Printable.text(check.value) + ")");
        append(report, check.steps, depth + 4);
      }
    }
  }

  private static StringBuilder line(StringBuilder report, int depth) {
    return report.append('\n').append("  ".repeat(depth));
  }
}
