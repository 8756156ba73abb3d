package io.splitio.spring.autoconfigure;

import io.splitio.backend.split.SplitConnector;

/**
 * Changes how Split's cloud is reached beyond what properties can say, such as headers that are
 * made for each request or a token for the proxy that is asked for each time. Beans of this type
 * are asked in their order.
 */
@FunctionalInterface
public interface SplitConnectorCustomizer {

  /** Returns the connector to use instead. */
  SplitConnector customize(SplitConnector connector);
}
