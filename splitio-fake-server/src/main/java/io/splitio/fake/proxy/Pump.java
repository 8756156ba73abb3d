package io.splitio.fake.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Carries the bytes of one direction of one connection; one thread runs it. */
final class Pump implements Runnable {
  private static final int BUFFER = 1 << 16;

  private final Connection connection;
  private final Direction direction;
  private final Socket from;
  private final Socket to;
  private Toxics toxics;
  private long passed;

  Pump(Connection connection, Direction direction, Socket from, Socket to) {
    this.connection = connection;
    this.direction = direction;
    this.from = from;
    this.to = to;
    this.toxics = direction.toxics();
  }

  @Override
  public void run() {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        pass(buffer, read, out);
      }
      if (!swallows() && !to.isOutputShutdown()) {
        to.shutdownOutput();
      }
      connection.directionEnded();
    } catch (IOException e) {
      connection.broken();
    }
  }

  private void pass(byte[] bytes, int length, OutputStream out) throws IOException {
    int from = 0;
    while (from < length) {
      refresh();
      int slice = (int) Math.min(Math.min(toxics.slice(), length - from), left());
      if (slice == 0) {
        end();
        return;
      }
      write(bytes, from, slice, out);
      from += slice;
    }
    if (left() == 0) {
      end();
    }
  }

  /** Toxics count from the moment when they are noticed, even if they equal those before. */
  @SuppressWarnings("ReferenceEquality")
  private void refresh() {
    Toxics current = direction.toxics();
    if (current != toxics) {
      toxics = current;
      passed = 0;
    }
  }

  /** In a black hole even the end of the stream gets lost. */
  private boolean swallows() {
    refresh();
    return toxics.end() == Toxics.End.BLACKHOLE && left() == 0;
  }

  private long left() {
    return toxics.end() == Toxics.End.NEVER ? Long.MAX_VALUE : toxics.endAfter() - passed;
  }

  private void write(byte[] bytes, int from, int length, OutputStream out) throws IOException {
    delay(length);
    direction.count(length);
    int corrupt = within(toxics.corruptAt(), length);
    if (corrupt >= 0) {
      bytes[from + corrupt] ^= (byte) 0xff;
    }
    int twice = within(toxics.duplicateAt(), length);
    if (twice >= 0) {
      out.write(bytes, from, twice + 1);
      out.write(bytes, from + twice, length - twice);
    } else {
      out.write(bytes, from, length);
    }
    out.flush();
    passed += length;
  }

  private int within(long place, int length) {
    return place >= passed && place < passed + length ? (int) (place - passed) : -1;
  }

  private void delay(int length) throws IOException {
    long nanos = toxics.latency().toNanos();
    long jitter = toxics.jitter().toNanos();
    if (jitter > 0) {
      nanos += ThreadLocalRandom.current().nextLong(jitter);
    }
    if (toxics.bytesPerSecond() < Long.MAX_VALUE) {
      nanos += TimeUnit.SECONDS.toNanos(1) * length / toxics.bytesPerSecond();
    }
    if (nanos > 0) {
      connection.pause(nanos);
    }
  }

  private void end() throws IOException {
    switch (toxics.end()) {
      case HALF_CLOSE -> {
        if (!to.isOutputShutdown()) {
          to.shutdownOutput();
        }
      }
      case CLOSE -> connection.close();
      case RESET -> connection.reset();
      case NEVER, BLACKHOLE -> {
        // What is read from now on is dropped; nobody is told.
      }
    }
  }
}
