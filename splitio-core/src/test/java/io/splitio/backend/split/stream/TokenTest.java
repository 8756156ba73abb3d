package io.splitio.backend.split.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.testing.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol specification's vectors A.1 and A.3, and what is no token. */
class TokenTest {
  /** Literally from the specification; only base64url can decode it. */
  private static final String VECTOR =
      "eyJ4LWFibHktY2FwYWJpbGl0eSI6IntcImE_Pn5iMVwiOltcInN1YnNjcmliZVwiXX0iLCJleHAiOjE3NjAwMDM2MD"
          + "AsImlhdCI6MTc2MDAwMDAwMCwieC1hYmx5LWNsaWVudElkIjoiw6nDvz8-In0";

  private static byte[] answer(String token) {
    return ("{\"pushEnabled\":true,\"connDelay\":60,\"token\":\"" + token + "\"}").getBytes(UTF_8);
  }

  private static byte[] claims(String claims) {
    return answer(
        "head."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
            + ".sig");
  }

  private static byte[] lifetime(String times) {
    return claims("{\"x-ably-capability\":\"{\\\"c\\\":[\\\"subscribe\\\"]}\"," + times + "}");
  }

  @Test
  void anAnswerThatCannotBeReadIsNotQuoted() {
    byte[] broken = "{\"pushEnabled\":true,\"token\":canary-7f3a}".getBytes(UTF_8);
    assertThatThrownBy(() -> Token.read(broken))
        .isInstanceOf(IOException.class)
        .hasMessage("the answer is no token that can be read")
        .hasNoCause();
  }

  @Test
  void thePayloadIsBase64UrlWithoutPadding() throws IOException {
    Token token = Token.read(answer("eyJhbGciOiJIUzI1NiJ9." + VECTOR + ".signature"));
    assertThat(token.pushEnabled()).isTrue();
    assertThat(token.channels()).containsExactly("a?>~b1");
    assertThat(token.renewAfter()).isEqualTo(Duration.ofMinutes(50));
    assertThat(token.expires()).isEqualTo(1_760_003_600_000L);
    assertThat(token.text()).isEqualTo("eyJhbGciOiJIUzI1NiJ9." + VECTOR + ".signature");
  }

  @Test
  void occupancyIsAskedOfChannelsThatTellTheirPublishers() throws IOException {
    Token token =
        Token.read(
            claims(
                "{\"x-ably-capability\":"
                    + JsonText.of(
                        """
                        {"ORG1_ENV7=_splits":["subscribe"],"ORG1_ENV7_segments":[],\
                        "control_pri":["subscribe","channel-metadata:publishers"],\
                        "my_control_sec":["subscribe"]}\
                        """)
                    + ",\"exp\":2,\"iat\":1}"));
    assertThat(token.channels())
        .containsExactly(
            "ORG1_ENV7=_splits",
            "ORG1_ENV7_segments",
            "[?occupancy=metrics.publishers]control_pri",
            "my_control_sec");
  }

  @ParameterizedTest
  @CsvSource({
    "1760000000, 1760003600, 3000",
    "1760000000, 1760000600, 3000",
    "1760000000, 1760000630, 60",
    "1760000000, 1760000700, 100",
    "1760000000, 1759990000, 3000",
    "0, 0, 3000",
    "-5, 9223372036854775807, 3000",
    "1760000000, 9223372036854775807, 85800",
  })
  void theRenewalFollowsFromTheLifetime(long issued, long expires, long seconds)
      throws IOException {
    Token token = Token.read(lifetime("\"iat\":" + issued + ",\"exp\":" + expires));
    assertThat(token.renewAfter()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"iat\":1", "\"exp\":1760003600", "\"iat\":\"x\",\"exp\":{}"})
  void withoutALifetimeItIsRenewedAfterFiftyMinutes(String times) throws IOException {
    assertThat(Token.read(lifetime(times)).renewAfter()).isEqualTo(Duration.ofMinutes(50));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pushEnabled\":false,\"token\":\"\"}",
        "{\"pushEnabled\":false}",
        "{\"token\":\"a.b.c\"}",
        "{\"pushEnabled\":null,\"token\":\"a.b.c\"}",
      })
  void streamingMayBeOff(String answer) throws IOException {
    assertThat(Token.read(answer.getBytes(UTF_8)).pushEnabled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "<html>",
        "{\"pushEnabled\":true",
        "{\"pushEnabled\":true}",
        "{\"pushEnabled\":true,\"token\":\"\"}",
        "{\"pushEnabled\":true,\"token\":\"onlyOnePart\"}",
        "{\"pushEnabled\":true,\"token\":\"a.%%%SECRET.c\"}",
        "{\"pushEnabled\":true,\"token\":\"a.SECRETSECRET.c\"}",
        "{\"pushEnabled\":false} and more"
      })
  void anythingElseIsAnErrorThatTellsNoSecret(String answer) {
    assertThatThrownBy(() -> Token.read(answer.getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .message()
        .doesNotContain("SECRET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"x-ably-capability\":{\"a\":[\"subscribe\"]}}",
        "{\"x-ably-capability\":\"\"}",
        "{\"x-ably-capability\":\"{}\"}",
        "{\"x-ably-capability\":\"SECRET\"}",
      })
  void aTokenWithoutChannelsIsNone(String claims) {
    assertThatThrownBy(() -> Token.read(claims(claims))).isInstanceOf(IOException.class);
  }

  @Test
  void theTextFormOfATokenDoesNotContainIt() throws IOException {
    assertThat(Token.read(answer("h." + VECTOR + ".s")))
        .hasToString("Token[pushEnabled=true, channels=1]");
  }
}
