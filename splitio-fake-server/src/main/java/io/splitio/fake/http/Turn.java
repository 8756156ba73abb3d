package io.splitio.fake.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One request waiting for its answer. */
final class Turn {
  private final Request request;
  private final Handler handler;
  private final Line line;
  private final CountDownLatch cleared;

  Turn(Request request, Handler handler, Line line, CountDownLatch cleared) {
    this.request = request;
    this.handler = handler;
    this.line = line;
    this.cleared = cleared;
  }

  /** Lets the handler decide and sends its decision. */
  void answer() throws IOException {
    send(handle());
  }

  Reply handle() {
    return handler.handle(request);
  }

  void send(Reply reply) throws IOException {
    send(reply, 0, UnaryOperator.identity());
  }

  /** Sends the reply, its body through {@code filter} and its length wrong by {@code lie}. */
  void send(Reply reply, int lie, UnaryOperator<OutputStream> filter) throws IOException {
    OutputStream out = line.out();
    OutputStream body = filter.apply(out);
    Reply.Streamed stream = reply.stream();
    Reply.Conversation conversation = reply.conversation();
    if (conversation != null) {
      out.write(reply.head(lie));
      out.flush();
      conversation.over(new Wire(line));
      line.end();
    } else if (stream == null) {
      out.write(reply.head(lie));
      body.write(reply.body());
      body.flush();
    } else {
      Sink sink = new Sink(line, body, reply.head(lie));
      stream.writeTo(sink);
      sink.finish();
      line.end();
    }
  }

  /** Waits, unless the fault is cleared before. */
  void pause(Duration time) throws IOException {
    try {
      cleared.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted in a pause");
    }
  }

  /** Says nothing until the fault is cleared, then hangs up. */
  void hang() throws IOException {
    try {
      cleared.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted in silence");
    } finally {
      line.close();
    }
  }

  void reset() {
    line.reset();
  }

  void close() {
    line.close();
  }
}
