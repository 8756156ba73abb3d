package io.splitio.codec;

import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one change document says.
 *
 * @param flags of feature flags
 * @param ruleBasedSegments of rule-based segments
 */
public record Changes(Section<FeatureFlag> flags, Section<RuleBasedSegment> ruleBasedSegments) {
  /** A version that the document does not give. */
  public static final long UNSAID = Long.MIN_VALUE;

  /**
   * What it says of one kind of definition.
   *
   * @param since the version it starts from, -1 for the beginning of time, or {@link #UNSAID}
   * @param till the version it leads to, or {@link #UNSAID}
   * @param active definitions to put in force, in order; a later one replaces an earlier one of its
   *     name
   * @param removed names of definitions that are in force no more
   * @param rejected definitions that are not valid: what was known before stays in force
   * @param unsupported definitions in force with something this SDK does not support
   */
  public record Section<T>(
      long since,
      long till,
      List<T> active,
      List<String> removed,
      List<Trouble> rejected,
      List<Trouble> unsupported) {

    /** Copies the lists. */
    public Section {
      active = List.copyOf(active);
      removed = List.copyOf(removed);
      rejected = List.copyOf(rejected);
      unsupported = List.copyOf(unsupported);
    }
  }

  /**
   * What is wrong with one definition.
   *
   * @param name its name, or null when it has none
   * @param reason what is wrong, in words
   * @param line the line in which it begins, 1 for the first
   */
  public record Trouble(@Nullable String name, String reason, int line) {}
}
