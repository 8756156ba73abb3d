package io.splitio.featbit;

import org.jspecify.annotations.Nullable;

/**
 * A variation and how it came about.
 *
 * @param variation the value that was served, or the default
 * @param reason why, in FeatBit's words
 * @param keyName the key of the flag
 * @param name the name of the flag, as people read it
 * @param isDefaultVariation whether it is the default
 */
public record EvalDetail<T>(
    @Nullable T variation, String reason, String keyName, String name, boolean isDefaultVariation) {

  /** The same as a result that says whether it succeeded. */
  public FlagState<T> toFlagState() {
    return new FlagState<>(!isDefaultVariation, isDefaultVariation ? reason : "OK", this);
  }
}
