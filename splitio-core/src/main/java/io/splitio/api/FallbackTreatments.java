package io.splitio.api;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered instead of control: for named flags, and for all others.
 *
 * <p>Treatments that the Split service would not accept are reported and left out when the SDK
 * starts; FeatBit accepts any text.
 *
 * @param global the answer for flags without their own, or null for control
 * @param byFlag the answers of single flags
 */
public record FallbackTreatments(@Nullable SplitResult global, Map<String, SplitResult> byFlag) {
  private static final FallbackTreatments NONE = new FallbackTreatments(null, Map.of());

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException when the map, or a name or an answer in it, is null
   */
  public FallbackTreatments {
    if (byFlag == null) {
      throw new IllegalArgumentException("byFlag is null; give a map, or an empty one");
    }
    byFlag = new HashMap<>(byFlag);
    byFlag.forEach(FallbackTreatments::check);
    byFlag = Map.copyOf(byFlag);
  }

  private static void check(@Nullable String flag, @Nullable SplitResult result) {
    if (flag == null || result == null) {
      throw new IllegalArgumentException(
          flag == null
              ? "a flag with a fallback treatment is null; name it"
              : "the fallback of flag '" + flag + "' is null; give a treatment");
    }
  }

  /** Control for every flag. */
  public static FallbackTreatments none() {
    return NONE;
  }

  /** The given treatment, without configuration, for every flag. */
  public static FallbackTreatments of(String treatment) {
    return of(treatment, null);
  }

  /** The given treatment and configuration for every flag. */
  public static FallbackTreatments of(String treatment, @Nullable String config) {
    return new FallbackTreatments(new SplitResult(treatment, config), Map.of());
  }

  /** These, and the given treatment, without configuration, for one flag. */
  public FallbackTreatments with(String flag, String treatment) {
    return with(flag, treatment, null);
  }

  /** These, and the given treatment and configuration for one flag. */
  public FallbackTreatments with(String flag, String treatment, @Nullable String config) {
    Map<String, SplitResult> more = new HashMap<>(byFlag);
    more.put(flag, new SplitResult(treatment, config));
    return new FallbackTreatments(global, more);
  }
}
