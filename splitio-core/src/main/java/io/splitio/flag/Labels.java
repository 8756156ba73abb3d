package io.splitio.flag;

/**
 * Why a treatment was served, in the words the Split service expects (evaluation specification
 * 0.3).
 */
public final class Labels {
  /** The flag is killed. */
  public static final String KILLED = "killed";

  /** No condition matched. */
  public static final String DEFAULT_RULE = "default rule";

  /** The key is outside the traffic allocation. */
  public static final String NOT_IN_SPLIT = "not in split";

  /** Another flag does not serve what this one requires. */
  public static final String PREREQUISITES_NOT_MET = "prerequisites not met";

  /** The flag is not known. */
  public static final String DEFINITION_NOT_FOUND = "definition not found";

  /** The flag is not known, and definitions were not there yet. */
  public static final String NOT_READY = "not ready";

  /** The evaluation failed. */
  public static final String EXCEPTION = "exception";

  /** The definition uses a matcher this SDK does not know. */
  public static final String UNSUPPORTED = "targeting rule type unsupported by sdk";

  /** Stands before the label when a configured fallback was served. */
  public static final String FALLBACK_PREFIX = "fallback - ";

  private Labels() {}
}
