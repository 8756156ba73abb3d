package io.splitio.spring.autoconfigure;

import io.splitio.backend.Connector;
import io.splitio.spring.autoconfigure.SplitioProperties.Mode;

/** Chooses where flags come from. */
record ConnectorChoice(
    SplitioProperties properties, LocalhostFiles localhost, CloudConnector cloud) {
  private static final String LOCALHOST_KEY = "localhost";

  Connector connector() {
    return switch (mode()) {
      case LOCALHOST -> localhost.connector(properties.localhost());
      case REDIS -> throw excluded("redis.SplitioRedisAutoConfiguration");
      case FEATBIT -> throw excluded("featbit.SplitioFeatBitAutoConfiguration");
      case AUTO, CLOUD -> cloud.connector(key());
    };
  }

  private Mode mode() {
    Mode mode = properties.mode();
    if (mode == Mode.LOCALHOST || mode == Mode.REDIS || mode == Mode.FEATBIT) {
      if (mode != Mode.LOCALHOST && LOCALHOST_KEY.equals(key())) {
        throw contradiction();
      }
      return mode;
    }
    if (key().isEmpty()) {
      throw keyMissing();
    }
    if (!LOCALHOST_KEY.equals(key())) {
      return Mode.CLOUD;
    }
    if (mode == Mode.CLOUD) {
      throw contradiction();
    }
    return Mode.LOCALHOST;
  }

  private String key() {
    String key = properties.apiKey();
    return key == null ? "" : key.strip();
  }

  private SplitioStartException keyMissing() {
    String missing = properties.apiKey() == null ? "not set" : "empty";
    if (properties.mode() == Mode.CLOUD) {
      return new SplitioStartException(
          "splitio.api-key is " + missing + ", and splitio.mode is CLOUD.",
          "Set it to a server-side SDK key. To read flags from a file, set it to \"localhost\" and"
              + " remove splitio.mode. To run without the SDK, set splitio.enabled=false.");
    }
    return new SplitioStartException(
        "splitio.api-key is " + missing + ".",
        "Set it to a server-side SDK key, or to \"localhost\" to read flags from a file. To read"
            + " flags from Redis, set splitio.redis.url; from FeatBit, splitio.featbit.streaming-url."
            + " To run without the SDK, set splitio.enabled=false.");
  }

  private SplitioStartException contradiction() {
    return new SplitioStartException(
        "splitio.api-key is \"localhost\", but splitio.mode is " + properties.mode() + ".",
        "Remove splitio.mode to read flags from a file, or set another key.");
  }

  /** What makes that connector comes before this. */
  private SplitioStartException excluded(String configuration) {
    return new SplitioStartException(
        "splitio.mode is " + properties.mode() + ", and its auto-configuration is excluded.",
        "Do not exclude io.splitio.spring."
            + configuration
            + ", or supply a bean of type io.splitio.backend.Connector.");
  }
}
