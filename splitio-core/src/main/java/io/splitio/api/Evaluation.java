package io.splitio.api;

import org.jspecify.annotations.Nullable;

/**
 * What a flag decided and why. Evaluations are finished when a flag is compiled, and shared.
 *
 * @param result the treatment and its configuration
 * @param label the rule that decided, in the words impressions carry; null when the rule has none
 * @param changeNumber the version of the flag that decided, or null when no flag did
 * @param variation what FeatBit knows of the treatment besides, or null in other backends
 */
public record Evaluation(
    SplitResult result,
    @Nullable String label,
    @Nullable Long changeNumber,
    @Nullable Variation variation) {

  /** A decision of a backend whose treatments are just names. */
  public Evaluation(SplitResult result, @Nullable String label, @Nullable Long changeNumber) {
    this(result, label, changeNumber, null);
  }

  /**
   * The treatment that means "no decision": the flag is unknown, or the question could not be
   * answered.
   */
  public static final String CONTROL = "control";

  /** The treatment, {@value #CONTROL} when there is no decision. */
  public String treatment() {
    return result.treatment();
  }

  /** The configuration of the treatment, or null. */
  public @Nullable String config() {
    return result.config();
  }

  /**
   * The treatment, or the given one when there is no decision. A configured fallback is a decision.
   */
  public String treatmentOr(String treatment) {
    return result.treatment().equals(CONTROL) ? treatment : result.treatment();
  }

  /**
   * What FeatBit knows of a treatment besides its value. Two variations with equal values are told
   * apart by their ids.
   *
   * @param id its id
   * @param type what its value is: {@code boolean}, {@code string}, {@code number} or {@code json}
   * @param flagName the name of the flag, as people read it
   * @param experiment whether this decision counts for an experiment
   */
  public record Variation(String id, String type, String flagName, boolean experiment) {}
}
