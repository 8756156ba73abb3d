package io.splitio.backend.featbit.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one item. */
interface ItemReader<T> {
  /** Reads the object that was just entered. */
  void read() throws IOException;

  /** What was read is called, as far as that is known. */
  @Nullable String name();

  /**
   * The item.
   *
   * @throws IllegalArgumentException when something is missing or not valid
   */
  Item<T> item();
}
