package io.splitio.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an SDK instance says of itself at one moment. Reading it takes no lock and does no I/O.
 *
 * @param status where it is in its life
 * @param mode the backend: {@code localhost}, {@code in-memory}, …
 * @param problem what keeps it from synchronising, in words for an operator, or null; never
 *     contains a secret
 * @param fatal whether the problem will not pass by itself
 * @param streaming whether changes arrive as they are made, or null where the backend has no stream
 * @param lastSynchronized when definitions were last confirmed to be current, or null
 * @param flags how many flags it holds
 * @param segments how many segments it holds
 * @param ruleBasedSegments how many rule-based segments it holds
 * @param impressions what became of the impressions it recorded
 * @param events what became of the events it was told of
 */
public record SdkHealth(
    SdkStatus status,
    String mode,
    @Nullable String problem,
    boolean fatal,
    @Nullable Streaming streaming,
    @Nullable Instant lastSynchronized,
    int flags,
    int segments,
    int ruleBasedSegments,
    Ledger impressions,
    Ledger events) {

  /** Whether changes arrive as they are made. */
  public enum Streaming {
    /** They do. */
    UP,
    /** Not now: changes are polled for until they do. */
    DOWN,
    /** Switched off: changes are polled for. */
    OFF
  }

  /**
   * What became of all that was recorded. Exact when nothing is being recorded or sent; otherwise
   * of about this moment.
   *
   * @param accepted there was room for it
   * @param delivered the service has it
   * @param queued it waits or is under way
   * @param full there was no room; it is lost
   * @param late it came after the end; it is lost
   * @param refused the service does not want it; it is lost
   * @param abandoned the instance ended before it could be delivered, and it is lost; or the
   *     service may have it or not, and must not get it again
   */
  public record Ledger(
      long accepted,
      long delivered,
      long queued,
      long full,
      long late,
      long refused,
      long abandoned) {

    /** Whether everything that was accepted is accounted for. */
    public boolean balances() {
      return accepted == delivered + queued + refused + abandoned;
    }

    /** How much will never be delivered, for whatever reason. */
    public long dropped() {
      return full + late + refused + abandoned;
    }
  }
}
