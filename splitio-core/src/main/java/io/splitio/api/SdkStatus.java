package io.splitio.api;

/** Where an SDK instance is in its life. */
public enum SdkStatus {
  /** No definitions yet: evaluations answer control or the configured fallback. */
  NOT_READY,
  /** Evaluates definitions kept from an earlier run and has not synchronised yet. */
  READY_FROM_CACHE,
  /** Evaluates current definitions. */
  READY,
  /**
   * Evaluates the last definitions it got, and has not been able to renew them for longer than
   * allowed.
   */
  STALE,
  /**
   * Evaluates the last definitions it got; threads and connections are closed until it is resumed.
   */
  SUSPENDED,
  /** Destroyed: evaluations answer control or the configured fallback. */
  DESTROYED;

  /** Whether definitions are being evaluated. */
  public boolean evaluates() {
    return this != NOT_READY && this != DESTROYED;
  }
}
