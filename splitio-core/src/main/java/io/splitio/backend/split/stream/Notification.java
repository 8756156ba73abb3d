package io.splitio.backend.split.stream;

import org.jspecify.annotations.Nullable;

/** What the stream says (protocol specification 6.5). */
public sealed interface Notification {

  /**
   * Flags changed.
   *
   * @param definition what changed, or null
   */
  record Flags(long changeNumber, @Nullable Definition definition) implements Notification {}

  /**
   * Rule-based segments changed.
   *
   * @param definition what changed, or null
   */
  record RuleBasedSegments(long changeNumber, @Nullable Definition definition)
      implements Notification {}

  /** A flag was killed. */
  record Kill(long changeNumber, String flag, String treatment) implements Notification {}

  /** A segment changed. */
  record Segment(long changeNumber, String name) implements Notification {}

  /** The service speaks of the stream itself. */
  record Control(String type, String channel, long timestamp) implements Notification {}

  /** How many publishers a channel has. */
  record Occupancy(long publishers, String channel, long timestamp) implements Notification {}

  /** Something is wrong with the stream. */
  record Failed(int code) implements Notification {}

  /** The stream is alive. */
  record Sign() implements Notification {}

  /** Something was said that could not be understood. */
  record Garbled() implements Notification {}

  /**
   * A definition sent along.
   *
   * @param previous the version it follows
   * @param compression how it is compressed
   * @param data it, in base64
   */
  record Definition(long previous, int compression, String data) {
    /** Without the data. */
    @Override
    public String toString() {
      return "Definition[previous=" + previous + ", " + data.length() + " characters]";
    }
  }
}
