package io.splitio.flag;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class DecimalsTest {
  @Test
  void numbersOfAnyLengthCompareWhenTheyAreLargeOrSmall() {
    BigInteger huge = BigInteger.ONE.shiftLeft(20_000);

    assertThat(Decimals.compare(huge, Long.MAX_VALUE)).isEqualTo(1);
    assertThat(Decimals.compare(huge.negate(), Long.MIN_VALUE)).isEqualTo(-1);
    assertThat(Decimals.compare(new BigDecimal(huge, 100_000), 0)).isEqualTo(1);
    assertThat(Decimals.compare(new BigDecimal(huge, 100_000), 1)).isEqualTo(-1);
  }

  @Test
  void aLongFractionNextToTheBoundDoesNotCompare() {
    BigDecimal aboutFive = new BigDecimal("5." + "0".repeat(4_000) + "1");

    assertThat(Decimals.compare(aboutFive, 5)).isEqualTo(Decimals.NOT_COMPARABLE);
  }
}
