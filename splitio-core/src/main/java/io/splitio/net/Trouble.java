package io.splitio.net;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why an exchange or a stream ended without success; its texts contain no secret. */
public sealed interface Trouble {
  /** Whether retries belong in the extended regime, as only a change elsewhere will mend it. */
  boolean lasting();

  /** How long the server asks to wait, or null. */
  default @Nullable Duration retryAfter() {
    return null;
  }

  /**
   * A complete answer with another status, 304 included.
   *
   * @param status the status
   * @param retryAfter how long the server asks to wait, from 1 second to 10 minutes, or null
   */
  record Status(int status, @Nullable Duration retryAfter) implements Trouble {
    @Override
    public boolean lasting() {
      return status == 401 || status == 403 || status == 404;
    }

    @Override
    public String toString() {
      return "HTTP status " + status;
    }
  }

  /**
   * A redirect that is not followed, because it leads elsewhere or goes in circles.
   *
   * @param status the status
   * @param reason why it is not followed
   */
  record RefusedRedirect(int status, String reason) implements Trouble {
    @Override
    public boolean lasting() {
      return true;
    }

    @Override
    public String toString() {
      return "HTTP redirect " + status + " refused: " + reason;
    }
  }

  /**
   * No complete answer.
   *
   * @param kind what went wrong
   * @param detail more about it, for people
   */
  record Transport(Kind kind, String detail) implements Trouble {
    @Override
    public boolean lasting() {
      return kind.lasting;
    }

    @Override
    public String toString() {
      return kind.words + ": " + detail;
    }
  }

  /**
   * A complete answer that does not say what it must.
   *
   * @param detail what is missing, for people
   */
  record Unusable(String detail) implements Trouble {
    @Override
    public boolean lasting() {
      return false;
    }

    @Override
    public String toString() {
      return "unusable answer: " + detail;
    }
  }

  /** The ways of a transport to fail. */
  enum Kind {
    /** No connection: refused, unreachable, unknown host, or a proxy that will not connect. */
    CONNECT("no connection", false),
    /** The peer could not prove who it is, or does not accept who we are. */
    TLS("TLS refused", true),
    /** The proxy asks for other credentials. */
    PROXY("proxy credentials refused", true),
    /** A deadline passed. */
    TIMEOUT("timeout", false),
    /** The connection broke. */
    RESET("connection lost", false),
    /** The answer ended before its end. */
    TRUNCATED("truncated answer", false),
    /** The answer is longer, or inflates further, than allowed. */
    TOO_LARGE("answer too large", true),
    /** The answer's compression is damaged or unknown. */
    BAD_ENCODING("bad content encoding", false),
    /** The answer is no HTTP. */
    PROTOCOL("protocol error", false),
    /** The answer arrived, but is not what its reader expects. */
    UNREADABLE("unreadable answer", false),
    /** The server ended the stream. */
    ENDED("stream ended", false),
    /** This side ended it: closed, suspended or cancelled. */
    CLOSED("closed", false);

    private final String words;
    private final boolean lasting;

    Kind(String words, boolean lasting) {
      this.words = words;
      this.lasting = lasting;
    }

    /** Whether there was a connection before. */
    public boolean ofConnection() {
      return switch (this) {
        case CONNECT, TLS, PROXY -> false;
        default -> true;
      };
    }
  }
}
