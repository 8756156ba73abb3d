package io.splitio.backend.localhost;

import io.splitio.api.SplitResult;
import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.Services;

/**
 * Flags in memory, whose treatments can be changed while running: for demonstrations, and as a test
 * double. Any thread may change them; a change is in force when the method returns.
 */
public final class InMemoryTreatments implements Connector {
  InMemoryTreatments() {}

  /**
   * Serves a treatment, without configuration, to everybody. Replaces what the flag served before.
   */
  public InMemoryTreatments set(String flag, String treatment) {
    throw new UnsupportedOperationException();
  }

  /**
   * Serves a treatment with its configuration to everybody. Replaces what the flag served before.
   */
  public InMemoryTreatments set(String flag, SplitResult result) {
    throw new UnsupportedOperationException();
  }

  /**
   * Serves a treatment to one key; others get what they got before. A flag that is not known serves
   * control to them.
   */
  public InMemoryTreatments setFor(String key, String flag, String treatment) {
    throw new UnsupportedOperationException();
  }

  /** Forgets a flag. */
  public InMemoryTreatments remove(String flag) {
    throw new UnsupportedOperationException();
  }

  /** Forgets all flags. */
  public InMemoryTreatments clear() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Backend connect(Services services) {
    throw new UnsupportedOperationException();
  }
}
