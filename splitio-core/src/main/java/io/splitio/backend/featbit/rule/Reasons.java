package io.splitio.backend.featbit.rule;

/** Why a variation was served, in FeatBit's words (FeatBit specification 4.2). */
public final class Reasons {
  /** The flag is off. */
  public static final String FLAG_OFF = "flag off";

  /** The user is targeted by key. */
  public static final String TARGET_MATCH = "target match";

  /** A rule is for the user. */
  public static final String RULE_MATCH = "rule match";

  /** No target and no rule is for the user. */
  public static final String FALLTHROUGH = "fall through all rules";

  private Reasons() {}
}
