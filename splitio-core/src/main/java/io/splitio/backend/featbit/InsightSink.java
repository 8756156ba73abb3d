package io.splitio.backend.featbit;

/**
 * A receiver of insights of an application's own, in place of FeatBit's server. The SDK keeps,
 * batches, repeats and accounts for insights as ever.
 *
 * @see FeatBitConnector#insights(InsightSink)
 */
@FunctionalInterface
public interface InsightSink extends AutoCloseable {

  /**
   * Takes a batch: the JSON array that FeatBit's server takes at {@code /api/public/insight/track}.
   * Called on a thread of the SDK that has nothing else to do, one call at a time. That thread is
   * interrupted at the end, and by a suspension; who does not heed it delays the next batch.
   *
   * @return whether it was taken; one that was not comes again
   * @throws Exception when it was not taken; its class is told, its text is not, which may hold
   *     secrets
   */
  boolean take(String batch) throws Exception;

  /**
   * Called once, at the end of the SDK, on the same thread and so after the last batch; it is
   * waited for within the shutdown timeout. Where no thread can be had any more it is called on the
   * one that ends the SDK, and should not block. A bean is closed by its context instead.
   */
  @Override
  default void close() {}
}
