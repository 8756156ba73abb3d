package io.splitio.api;

/**
 * Hears of every impression, in every impression mode and from every backend.
 *
 * <p>Called on a thread of the SDK, one impression at a time, from a bounded queue: a listener that
 * is too slow loses impressions, which are counted, and never slows an evaluation down. What it
 * throws is caught and counted.
 */
@FunctionalInterface
public interface ImpressionListener extends AutoCloseable {

  /** Takes one impression. */
  void log(Impression impression);

  /** Called once, after the last impression, when the SDK is destroyed. */
  @Override
  default void close() {}
}
