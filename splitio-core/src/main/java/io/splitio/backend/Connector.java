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
}
