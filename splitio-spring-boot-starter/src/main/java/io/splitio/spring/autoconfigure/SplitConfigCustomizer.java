package io.splitio.spring.autoconfigure;

import io.splitio.SplitConfig;

/**
 * Changes the configuration that was made from properties, before the SDK starts. Beans of this
 * type are asked in their order.
 */
@FunctionalInterface
public interface SplitConfigCustomizer {

  /** Returns the configuration to use instead. */
  SplitConfig customize(SplitConfig config);
}
