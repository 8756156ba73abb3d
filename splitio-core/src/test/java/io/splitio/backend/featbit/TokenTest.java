package io.splitio.backend.featbit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class TokenTest {
  @ParameterizedTest
  @CsvFileSource(resources = "/featbit/tokens.csv", delimiter = '|')
  void aTokenIsThatOfTheSpecification(String secret, long now, double random, String token) {
    assertThat(Token.of(secret, now, random)).isEqualTo(token);
  }

  @Test
  void aSecretOfOneCharacterHasATokenToo() {
    assertThat(Token.of("s", 999, 0.5)).isEqualTo("QQBQSsUUU");
  }
}
