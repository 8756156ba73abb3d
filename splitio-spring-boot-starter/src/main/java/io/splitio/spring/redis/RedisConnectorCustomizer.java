package io.splitio.spring.redis;

import io.splitio.backend.redis.RedisConnector;

/** Changes how the SDK reaches Redis, after the properties. A bean of this type is enough. */
@FunctionalInterface
public interface RedisConnectorCustomizer {
  /** A changed connector; the one that is given stays as it is. */
  RedisConnector customize(RedisConnector connector);
}
