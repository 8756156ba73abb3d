package io.splitio.backend.featbit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the connection to FeatBit is.
 *
 * @param type in short
 * @param since since when it has been of this type
 * @param error what went wrong last, or null when nothing did since it was OK
 */
public record FeatBitState(Type type, Instant since, @Nullable Problem error) {

  /** The states. */
  public enum Type {
    /** No definitions came yet. */
    INITIALIZING,
    /** Definitions are there, and follow what changes, but for the time of a suspension. */
    OK,
    /** There is trouble; what is known is used, and the connection is tried again. */
    INTERRUPTED,
    /** The instance is at its end. */
    OFF
  }

  /**
   * A trouble.
   *
   * @param type what kind of trouble
   * @param message more about it, without secrets
   */
  public record Problem(ErrorType type, String message) {}

  /** The kinds of trouble, in FeatBit's words. */
  public enum ErrorType {
    /** The first definitions could not be taken in. */
    DATA_STORAGE_INIT("Data Storage init error"),
    /** A change could not be taken in. */
    DATA_STORAGE_UPDATE("Data Storage update error"),
    /** The server does not accept the secret, or the clock of this machine. */
    REQUEST_INVALID("Request invalid"),
    /** The server sent what is no JSON. */
    DATA_INVALID("Received Data invalid"),
    /** There is no connection. */
    NETWORK("Network error"),
    /** This SDK could not go on: a limit, too few threads or too little memory, or a defect. */
    RUNTIME("Runtime error"),
    /** The connection broke. */
    WEBSOCKET("WebSocket error"),
    /** The server closed the connection. */
    UNKNOWN_CLOSE_CODE("Unknown close code");

    private final String text;

    ErrorType(String text) {
      this.text = text;
    }

    /** Whether only a person can mend it, always; troubles of other kinds may be such, too. */
    public boolean lasting() {
      return this == REQUEST_INVALID || this == DATA_INVALID;
    }

    /** FeatBit's words for it. */
    @Override
    public String toString() {
      return text;
    }
  }
}
