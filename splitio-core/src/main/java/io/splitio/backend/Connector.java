package io.splitio.backend;

/**
 * The backend an application chose, with its settings. Immutable, unless it says otherwise; may be
 * used once.
 */
public interface Connector {

  /**
   * Makes the backend, without starting it.
   *
   * @throws IllegalArgumentException when a setting is wrong; the message says which, and what is
   *     accepted
   */
  Backend connect(Services services);

  /**
   * What tells this environment from others in the warning about several instances in one process,
   * such as the SDK key. It is compared, never shown.
   */
  String environment();

  /** What that is, in the same warning: {@code this SDK key}, for connectors that have one. */
  default String environmentInWords() {
    return "this SDK key";
  }

  /**
   * Whether the flag sets to load can be chosen here; else such a choice is told of and ignored.
   */
  default boolean loadsChosenFlagSets() {
    return true;
  }
}
