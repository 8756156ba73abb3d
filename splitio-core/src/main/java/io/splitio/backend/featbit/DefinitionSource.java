package io.splitio.backend.featbit;

/**
 * A source of FeatBit's definitions of an application's own, in place of the WebSocket of FeatBit's
 * server: a message broker, a relay, a database.
 *
 * @see FeatBitConnector#source(DefinitionSource)
 */
@FunctionalInterface
public interface DefinitionSource {

  /**
   * Begins to hand over definitions. Called at the start, after a suspension, by {@code retryNow()}
   * while the source is interrupted, and again some time after it has thrown; never while an
   * earlier session is open. It is called on a thread of the SDK that it must not keep: what takes
   * time belongs on a thread of its own.
   *
   * @param receiver takes what this session brings; once the session is closed it takes nothing
   * @return ends this session; called once, possibly while the receiver is called
   * @throws Exception when it cannot begin now; it is tried again, as a lost connection is
   */
  AutoCloseable open(Receiver receiver) throws Exception;

  /** Takes what a source brings. Safe for use by any thread; calls are taken in order. */
  interface Receiver {
    /** The version of what is known, to ask for what is newer: 0 when a full set is needed. */
    long version();

    /**
     * Takes a message as FeatBit's server sends it: {@code messageType} is {@code data-sync},
     * {@code data} has an {@code eventType} that is {@code full} or {@code patch}, {@code
     * featureFlags} and {@code segments}. The first one has to be full; an empty patch says that
     * all is current. The state is OK after it. Others are ignored; what is no JSON is told as it
     * is of a server.
     */
    void dataSync(String message);

    /** The source cannot be followed for now; what is known is used. */
    void interrupted(String problem);

    /** The source cannot be followed before a person mends something; whoever waits goes on. */
    void refused(String problem);
  }
}
