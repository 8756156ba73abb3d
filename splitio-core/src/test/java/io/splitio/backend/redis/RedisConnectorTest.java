package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisConnectorTest {
  private final RedisConnector connector = RedisConnector.host("localhost", 6379);

  @Test
  void noPrefixIsTheSameAsAnEmptyOne() {
    assertThat(connector.prefix("acme").prefix(null).environment())
        .isEqualTo(connector.prefix("").environment())
        .isEqualTo(connector.environment());
  }
}
