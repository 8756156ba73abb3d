package io.splitio.fake.proxy;

import java.time.Duration;

/**
 * What happens to the bytes of one direction. Counts of bytes begin, for each connection, when the
 * toxics are set. What is not set does nothing.
 *
 * @param latency how long each piece is held back
 * @param jitter by how much longer at most, at random
 * @param slice the most bytes passed on at once
 * @param bytesPerSecond the most bytes per second
 * @param corruptAt the byte, counted from 0, whose bits are inverted
 * @param duplicateAt the byte, counted from 0, that is sent twice
 * @param end what happens after {@code endAfter} bytes
 * @param endAfter how many bytes pass before the end
 */
public record Toxics(
    Duration latency,
    Duration jitter,
    int slice,
    long bytesPerSecond,
    long corruptAt,
    long duplicateAt,
    End end,
    long endAfter) {
  private static final int LARGEST_SLICE = 1 << 16;

  /** What can happen to a direction for good. */
  public enum End {
    /** Nothing: bytes keep passing. */
    NEVER,
    /** Bytes vanish while the connection stays open, as on a half-open connection. */
    BLACKHOLE,
    /** This direction is closed (FIN), the other one stays open. */
    HALF_CLOSE,
    /** Both sides are closed (FIN). */
    CLOSE,
    /** Both sides are reset (RST). */
    RESET
  }

  /** Bytes pass untouched. */
  public static Toxics none() {
    return new Toxics(
        Duration.ZERO,
        Duration.ZERO,
        LARGEST_SLICE,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        End.NEVER,
        Long.MAX_VALUE);
  }

  /** Also holds each piece back, by {@code delay} and up to {@code extra} more at random. */
  public Toxics withLatency(Duration delay, Duration extra) {
    return new Toxics(delay, extra, slice, bytesPerSecond, corruptAt, duplicateAt, end, endAfter);
  }

  /** Also passes on at most so many bytes at once; 1 makes single bytes. */
  public Toxics withSlice(int bytes) {
    if (bytes < 1 || bytes > LARGEST_SLICE) {
      throw new IllegalArgumentException("a slice has 1 to " + LARGEST_SLICE + " bytes: " + bytes);
    }
    return new Toxics(
        latency, jitter, bytes, bytesPerSecond, corruptAt, duplicateAt, end, endAfter);
  }

  /** Also passes on at most so many bytes per second. */
  public Toxics withBandwidth(long bytesEachSecond) {
    if (bytesEachSecond < 1) {
      throw new IllegalArgumentException("at least 1 byte per second: " + bytesEachSecond);
    }
    return new Toxics(
        latency, jitter, slice, bytesEachSecond, corruptAt, duplicateAt, end, endAfter);
  }

  /** Also inverts the bits of the byte at this place, counted from 0. */
  public Toxics withCorruption(long at) {
    return new Toxics(latency, jitter, slice, bytesPerSecond, at, duplicateAt, end, endAfter);
  }

  /** Also sends the byte at this place, counted from 0, twice. */
  public Toxics withDuplicate(long at) {
    return new Toxics(latency, jitter, slice, bytesPerSecond, corruptAt, at, end, endAfter);
  }

  /** Also ends after so many bytes. */
  public Toxics withEnd(End newEnd, long afterBytes) {
    return new Toxics(
        latency, jitter, slice, bytesPerSecond, corruptAt, duplicateAt, newEnd, afterBytes);
  }
}
