package io.splitio.fake.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A way for an answer to go wrong. Faults that replace the answer keep the request from the service
 * (what was posted counts as not received); the others spoil the answer the service gave.
 */
public final class Fault {
  private final String name;
  private final Act act;

  private Fault(String name, Act act) {
    this.name = name;
    this.act = act;
  }

  @FunctionalInterface
  private interface Act {
    void answer(Turn turn) throws IOException;
  }

  /** The service answers with this status and a short JSON body. */
  public static Fault status(int status) {
    String body = "{\"code\":" + status + ",\"message\":\"ordered by the test\"}";
    return reply(Reply.json(status, body)).named("status " + status);
  }

  /** The service answers with this status and {@code Retry-After}. */
  public static Fault retryAfter(int status, String value) {
    return reply(Reply.empty(status).withHeader("Retry-After", value))
        .named("status " + status + " retry after " + value);
  }

  /** The service answers 200 with this body in place of the right one. */
  public static Fault body(String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return reply(Reply.of(200, contentType, bytes)).named("body replaced");
  }

  /** The service answers with this reply in place of the right one. */
  public static Fault reply(Reply reply) {
    return new Fault("reply", turn -> turn.send(reply));
  }

  /** The right answer comes late. */
  public static Fault delay(Duration delay) {
    return new Fault("delay", Turn::answer).after(delay);
  }

  /** The connection is reset (RST) when the request has been read. */
  public static Fault reset() {
    return new Fault("reset", Turn::reset);
  }

  /** The connection is closed (FIN) when the request has been read. */
  public static Fault close() {
    return new Fault("close", Turn::close);
  }

  /** The service does what it was asked to, and the connection is reset before it can say so. */
  public static Fault lostReply() {
    return new Fault(
        "lost reply",
        turn -> {
          turn.handle();
          turn.reset();
        });
  }

  /** Nothing is ever answered; the connection stays open until the fault is cleared. */
  public static Fault hang() {
    return new Fault("hang", Turn::hang);
  }

  /** The connection is closed (FIN) after this many bytes of the body. */
  public static Fault truncate(int bytes) {
    return spoilt(
        "truncated after " + bytes, turn -> out -> new CuttingOutput(out, bytes, turn::close));
  }

  /** The connection is reset (RST) after this many bytes of the body. */
  public static Fault resetAfter(int bytes) {
    return spoilt(
        "reset after " + bytes, turn -> out -> new CuttingOutput(out, bytes, turn::reset));
  }

  /** Half-open: after this many bytes of the body nothing comes any more, not even an end. */
  public static Fault stall(int bytes) {
    return spoilt(
        "stalled after " + bytes, turn -> out -> new CuttingOutput(out, bytes, turn::hang));
  }

  /** The body comes {@code bytes} at a time with pauses between. */
  public static Fault trickle(int bytes, Duration pause) {
    return spoilt(
        "trickle " + bytes + " per " + pause,
        turn -> out -> new TricklingOutput(out, bytes, () -> turn.pause(pause)));
  }

  /** {@code Content-Length} says this many bytes more than there are, or fewer if negative. */
  public static Fault contentLength(int difference) {
    return new Fault(
        "content length " + difference,
        turn -> {
          turn.send(turn.handle(), difference, UnaryOperator.identity());
          turn.close();
        });
  }

  /** The same fault, after a wait. */
  public Fault after(Duration delay) {
    return new Fault(
        name + " after " + delay,
        turn -> {
          turn.pause(delay);
          act.answer(turn);
        });
  }

  private static Fault spoilt(String name, Spoiler spoiler) {
    return new Fault(name, turn -> turn.send(turn.handle(), 0, spoiler.on(turn)));
  }

  @FunctionalInterface
  private interface Spoiler {
    UnaryOperator<OutputStream> on(Turn turn);
  }

  private Fault named(String newName) {
    return new Fault(newName, act);
  }

  void answer(Turn turn) throws IOException {
    act.answer(turn);
  }

  @Override
  public String toString() {
    return name;
  }
}
