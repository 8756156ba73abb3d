package io.splitio.spring.autoconfigure;

import io.splitio.backend.Connector;
import io.splitio.spring.autoconfigure.SplitioProperties.Mode;

/** Chooses where flags come from. */
record ConnectorChoice(SplitioProperties properties, LocalhostFiles localhost) {
  private static final String LOCALHOST_KEY = "localhost";

  Connector connector() {
    return switch (mode()) {
      case LOCALHOST -> localhost.connector(properties.localhost());
      case REDIS -> throw unavailable("Redis");
      case FEATBIT -> throw unavailable("FeatBit");
      case AUTO, CLOUD -> throw unavailable("Split's cloud");
    };
  }

  private Mode mode() {
    if (properties.mode() == Mode.LOCALHOST) {
      return Mode.LOCALHOST;
    }
    boolean localhostKey = LOCALHOST_KEY.equals(key());
    if (properties.mode() != Mode.AUTO) {
      if (localhostKey) {
        throw contradiction();
      }
      return properties.mode();
    }
    if (key().isEmpty()) {
      throw keyMissing();
    }
    return localhostKey ? Mode.LOCALHOST : Mode.CLOUD;
  }

  private String key() {
    String key = properties.apiKey();
    return key == null ? "" : key.strip();
  }

  private SplitioStartException keyMissing() {
    return new SplitioStartException(
        properties.apiKey() == null ? "splitio.api-key is not set." : "splitio.api-key is empty.",
        "Set it to a server-side SDK key, or to \"localhost\" to read flags from a file. To run"
            + " without the SDK, set splitio.enabled=false.");
  }

  private SplitioStartException contradiction() {
    return new SplitioStartException(
        "splitio.api-key is \"localhost\", but splitio.mode is " + properties.mode() + ".",
        "Remove splitio.mode to read flags from a file, or set another key.");
  }

  private SplitioStartException unavailable(String backend) {
    String cause =
        properties.mode() == Mode.AUTO
            ? "splitio.api-key is a key for " + backend
            : "splitio.mode is " + properties.mode();
    return new SplitioStartException(
        cause + ", and flags from " + backend + " are not available in this version.",
        "Set splitio.api-key to \"localhost\" to read flags from a file, or supply a bean of type"
            + " io.splitio.backend.Connector.");
  }
}
