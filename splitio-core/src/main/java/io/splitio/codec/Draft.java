package io.splitio.codec;

import io.splitio.api.DateUnit;
import org.jspecify.annotations.Nullable;

/** A definition as it was delivered, before it is compiled. */
interface Draft<T> {
  /** Its name and version. */
  Identity identity();

  /** What this SDK does not support of it, in words, or null. */
  @Nullable String unsupportedPart();

  /**
   * The compiled definition.
   *
   * @throws IllegalArgumentException when something is missing or not valid
   */
  T compile(String name, DateUnit dateUnit);
}
