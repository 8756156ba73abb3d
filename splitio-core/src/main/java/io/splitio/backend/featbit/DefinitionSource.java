package io.splitio.backend.featbit;

import org.jspecify.annotations.Nullable;

/**
 * A source of FeatBit's definitions of an application's own, in place of the WebSocket of FeatBit's
 * server: a message broker, a relay, a database.
 *
 * @see FeatBitConnector#source(DefinitionSource)
 */
@FunctionalInterface
public interface DefinitionSource {

  /**
   * Begins to hand over definitions: a full set, or all that is newer than {@link
   * Receiver#version()}. Called at the start, after a suspension, by {@code retryNow()} while the
   * source is interrupted, and some time after it has thrown or has brought a message that could
   * not be taken in; never while an earlier session is open. It is called on a thread of the SDK
   * that is there for this source alone, and so may take the time it needs to connect; that thread
   * is interrupted when the session ends before it has begun, unless what it brought itself ends
   * it: then not before another is to begin, or all is suspended or closed. What follows belongs on
   * a thread of the application's own.
   *
   * @param receiver takes what this session brings; once the session is closed it takes nothing
   * @return ends this session; called once, on that thread too, possibly while the receiver is
   *     called; at the end of the SDK it is waited for within the shutdown timeout
   * @throws Exception when it cannot begin now; it is tried again, as a lost connection is. Its
   *     class is told, its text is not, which may hold secrets
   */
  AutoCloseable open(Receiver receiver) throws Exception;

  /** Takes what a source brings. Safe for use by any thread; calls are taken in order. */
  interface Receiver {
    /** The version of what is known, to ask for what is newer: 0 when a full set is needed. */
    long version();

    /**
     * Takes a message as FeatBit's server sends it: {@code messageType} is {@code data-sync},
     * {@code data} has an {@code eventType} that is {@code full} or {@code patch}, {@code
     * featureFlags} and {@code segments}. The first one has to be full. The state is OK after it.
     * Others are ignored; what is no JSON, null or beyond the limits interrupts: the session is
     * closed, and another opened, from the version before. A source that brings more than can be
     * taken in waits here.
     */
    void dataSync(String message);

    /**
     * All that is newer than {@link #version()} was handed over; an empty patch says the same. The
     * state is OK after it if there are definitions. A source that brings nothing for long has to
     * say it from time to time, or health calls the definitions stale.
     */
    void current();

    /**
     * The source cannot be followed for now; what is known is used.
     *
     * @param problem why, for people; it is told in health and in logs, so it must hold no secret
     */
    void interrupted(@Nullable String problem);

    /**
     * The source cannot be followed before a person mends something; whoever waits goes on.
     *
     * @param problem why, as of {@link #interrupted}
     */
    void refused(@Nullable String problem);
  }
}
