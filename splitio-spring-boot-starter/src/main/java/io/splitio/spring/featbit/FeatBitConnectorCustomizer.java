package io.splitio.spring.featbit;

import io.splitio.backend.featbit.FeatBitConnector;

/** Changes how the SDK reaches FeatBit, after the properties. A bean of this type is enough. */
@FunctionalInterface
public interface FeatBitConnectorCustomizer {
  /** A changed connector; the one that is given stays as it is. */
  FeatBitConnector customize(FeatBitConnector connector);
}
