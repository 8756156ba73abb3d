package io.splitio.sample.shop;

import io.splitio.api.SplitResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON that a flag carries beside its treatment. */
@Component
final class Configs {
  private static final Logger log = LoggerFactory.getLogger(Configs.class);

  private final JsonMapper json;

  Configs(JsonMapper json) {
    this.json = json;
  }

  /**
   * The config as a value of the type of the fallback, or the fallback when the flag carries none
   * or one that cannot be used: somebody's typing mistake must not take the shop down.
   */
  <T> T read(String flag, SplitResult result, T fallback) {
    String config = result.config();
    if (config == null) {
      return fallback;
    }
    try {
      return json.readerFor(fallback.getClass()).readValue(config);
    } catch (JacksonException e) {
      log.warn(
          "The config of treatment {} of flag {} is not usable, {} is shown instead: {}",
          result.treatment(),
          flag,
          fallback,
          e.getOriginalMessage());
      return fallback;
    }
  }
}
