package io.splitio.spring.toggle;

/**
 * What happens to a call when there is no decision: the flag is unknown, there is no key, or the
 * SDK is not ready.
 */
public enum OnControl {

  /** As {@code splitio.toggle.on-control} says. */
  DEFAULT,

  /** As if the flag were off. */
  OFF,

  /** The method runs. */
  ON,

  /** The call is refused with a {@link FeatureDisabledException}. */
  THROW;

  /** This choice, or the given one where this is {@link #DEFAULT}. */
  public OnControl or(OnControl other) {
    return this == DEFAULT ? other : this;
  }
}
