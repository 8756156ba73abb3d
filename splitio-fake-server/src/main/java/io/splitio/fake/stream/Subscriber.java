package io.splitio.fake.stream;

import io.splitio.fake.http.Sink;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One open stream; the thread of its connection writes what others put into its queue. */
final class Subscriber {
  private final Streaming streaming;
  private final Set<String> channels;
  private final String token;
  private final Sink sink;
  private final BlockingQueue<Frame> queue = new LinkedBlockingQueue<>();
  private boolean toldOfExpiry; // used by the connection's thread only

  Subscriber(Streaming streaming, Set<String> channels, String token, Sink sink) {
    this.streaming = streaming;
    this.channels = channels;
    this.token = token;
    this.sink = sink;
  }

  void offer(Frame frame) {
    if (wants(frame.channel()) || (!frame.type().equals("OCCUPANCY") && wants(bare(frame)))) {
      queue.add(frame);
    }
  }

  private boolean wants(String channel) {
    return channel.equals(Frame.ALL) || channels.contains(channel);
  }

  /** Who did not ask for the occupancy of a control channel gets its other messages. */
  private static String bare(Frame frame) {
    return frame.channel().replace(Frame.OCCUPANCY, "");
  }

  /** Writes until the stream is over. */
  void run() throws IOException {
    watch();
    try {
      for (Frame next = next(); next != Frame.END; next = next()) {
        write(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Frame next() throws InterruptedException {
    long left = streaming.authentication().remainingNanos(token);
    if (left <= 0) {
      return expired();
    }
    long silence = streaming.keepAliveNanos();
    @Nullable Frame frame = queue.poll(Math.min(left, silence), TimeUnit.NANOSECONDS);
    if (frame == null) {
      return left < silence ? next() : Frame.KEEP_ALIVE;
    }
    return frame;
  }

  /** The error that tells of the end, and then the end. */
  private Frame expired() {
    if (toldOfExpiry) {
      return Frame.END;
    }
    toldOfExpiry = true;
    return Streaming.tokenExpired();
  }

  private void write(Frame frame) throws IOException {
    if (!streaming.silent()) {
      streaming.writing(frame);
      sink.write(frame.bytes());
    }
  }

  /** Notices when the client hangs up, even while there is nothing to write. */
  private void watch() {
    Thread thread =
        new Thread(
            () -> {
              sink.awaitEnd();
              drop();
            },
            "splitio-fake-stream-watch");
    thread.setDaemon(true);
    thread.start();
  }

  void drop() {
    sink.close();
    queue.add(Frame.END);
  }

  void reset() {
    sink.reset();
    queue.add(Frame.END);
  }
}
