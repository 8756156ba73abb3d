package io.splitio.spring.redis;

import io.splitio.spring.autoconfigure.SplitioProperties.Mode;
import io.splitio.spring.source.Addresses;
import io.splitio.spring.source.OnSource;

/** Whether flags come from Redis. */
final class OnRedis extends OnSource {
  OnRedis() {
    super(Mode.REDIS, Addresses::ofRedis);
  }
}
