package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConnectorTest {
  private final RedisConnector connector = RedisConnector.host("localhost", 6379);

  @Test
  void noPrefixIsTheSameAsAnEmptyOne() {
    assertThat(connector.prefix("acme").prefix(null).environment())
        .isEqualTo(connector.prefix("").environment())
        .isEqualTo(connector.environment());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.001S", "PT2562047788015215H"})
  void aTimeThatSomebodyWaitsIsADayAtMost(Duration time) {
    String limits = " is " + time + "; it must be longer than zero and at most a day";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector.connectTimeout(time))
        .withMessage("connectTimeout" + limits);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector.commandTimeout(time))
        .withMessage("commandTimeout" + limits);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector.callBudget(time))
        .withMessage("callBudget" + limits);
  }
}
