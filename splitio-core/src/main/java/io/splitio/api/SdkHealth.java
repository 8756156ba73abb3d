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
    int ruleBasedSegments) {

  /** Whether changes arrive as they are made. */
  public enum Streaming {
    /** They do. */
    UP,
    /** Not now: changes are polled for until they do. */
    DOWN,
    /** Switched off: changes are polled for. */
    OFF
  }
}
