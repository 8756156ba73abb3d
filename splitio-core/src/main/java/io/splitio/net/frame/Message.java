package io.splitio.net.frame;

/** What the other side says. */
public sealed interface Message {

  /**
   * A text, whole.
   *
   * @param text it
   */
  record Text(String text) implements Message {}

  /**
   * A question whether this side is there.
   *
   * @param payload what the answer has to repeat
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Ping(byte[] payload) implements Message {}

  /** Something that asks for nothing: an answer to a ping, or bytes that are no text. */
  record Other() implements Message {}

  /**
   * Goodbye.
   *
   * @param code why, 1005 when it is not said
   * @param reason the same in words of the other side, on one line; empty when it is not said
   */
  record Close(int code, String reason) implements Message {}
}
