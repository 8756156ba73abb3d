package io.splitio.fake.proxy;

import io.splitio.fake.proxy.Toxics.End;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One of the two directions of a {@link FaultProxy}: its toxics and its count of bytes. */
public final class Direction {
  private static final long DROPS_PER_SECOND = 20;
  private static final long LARGEST_DROP = 1 << 14;

  private final AtomicLong bytes = new AtomicLong();
  private volatile Toxics toxics = Toxics.none();

  Direction() {}

  /** Replaces the toxics; they concern what is read from now on, on old connections too. */
  public void set(Toxics newToxics) {
    this.toxics = newToxics;
  }

  /** Lets bytes pass untouched again. */
  public void clear() {
    set(Toxics.none());
  }

  /** Holds each piece back. */
  public void latency(Duration delay) {
    set(Toxics.none().withLatency(delay, Duration.ZERO));
  }

  /** Passes on at most so many bytes per second, in steady drops. */
  public void bandwidth(long bytesPerSecond) {
    int drop = (int) Math.max(1, Math.min(LARGEST_DROP, bytesPerSecond / DROPS_PER_SECOND));
    set(Toxics.none().withSlice(drop).withBandwidth(bytesPerSecond));
  }

  /** Passes on at most so many bytes at once. */
  public void slices(int bytesAtOnce) {
    set(Toxics.none().withSlice(bytesAtOnce));
  }

  /** After so many bytes, bytes and the end vanish; the connection stays open (half-open). */
  public void blackholeAfter(long number) {
    set(Toxics.none().withEnd(End.BLACKHOLE, number));
  }

  /** After so many bytes, this direction is closed (FIN). */
  public void halfCloseAfter(long number) {
    set(Toxics.none().withEnd(End.HALF_CLOSE, number));
  }

  /** After so many bytes, the connection is closed (FIN). */
  public void truncateAfter(long number) {
    set(Toxics.none().withEnd(End.CLOSE, number));
  }

  /** After so many bytes, the connection is reset (RST). */
  public void resetAfter(long number) {
    set(Toxics.none().withEnd(End.RESET, number));
  }

  /** Inverts the bits of the byte at this place, counted from 0. */
  public void corruptAt(long place) {
    set(Toxics.none().withCorruption(place));
  }

  /** How many bytes have been passed on. */
  public long bytes() {
    return bytes.get();
  }

  Toxics toxics() {
    return toxics;
  }

  void count(int number) {
    bytes.addAndGet(number);
  }
}
