package io.splitio.spring.toggle;

/** What happens to a call when its flag is off. */
public enum WhenOff {

  /**
   * The fallback method runs if there is one. Otherwise the method itself runs if there are
   * variants; nothing happens if it returns nothing; an {@code Optional} is empty; all else is
   * refused with a {@link FeatureDisabledException}.
   */
  AUTO,

  /**
   * An empty collection, map, array, stream, {@code Optional} or publisher is returned, or null.
   */
  EMPTY,

  /** Nothing happens; null is returned, or an empty {@code Optional} or publisher. */
  SKIP,

  /** The call is refused with a {@link FeatureDisabledException}. */
  THROW,

  /** The method runs all the same: only variants make a difference. */
  PROCEED
}
