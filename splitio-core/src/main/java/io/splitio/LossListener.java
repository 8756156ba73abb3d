package io.splitio;

import io.splitio.api.SdkHealth.Ledger;

/**
 * Hears at the end of an instance what of all that was recorded was never delivered, whatever the
 * reason; not called when nothing was lost.
 *
 * <p>Called once, on a thread of the SDK, after the last delivery and within the shutdown timeout:
 * whoever destroys the instance waits for it no longer than that, and its thread is interrupted
 * then. What it throws is caught and logged.
 */
@FunctionalInterface
public interface LossListener {

  /** Takes the accounts of an instance that has ended. */
  void lost(Loss loss);

  /**
   * The accounts of an instance that has ended. What is recorded later still is lost as well.
   *
   * @param impressions what became of the impressions; {@link Ledger#dropped()} of them are lost
   * @param events what became of the events; {@link Ledger#dropped()} of them are lost
   * @param counts how many impressions that were only counted are missing in what was delivered
   * @param uniqueKeys how often it was lost that a key was served a flag
   */
  record Loss(Ledger impressions, Ledger events, long counts, long uniqueKeys) {
    boolean any() {
      return undelivered(impressions) + undelivered(events) + counts + uniqueKeys > 0;
    }

    /** What is still under way at the end may arrive; nobody will know. */
    private static long undelivered(Ledger ledger) {
      return ledger.dropped() + ledger.queued();
    }
  }
}
