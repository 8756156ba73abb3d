package io.splitio.fake.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "-1364119282",
        "1760000000100",
        "19.90",
        "1E+3",
        "\"a\\\"b\\\\c\\n\\u0001é€\"",
        "{\"b\":[1,{\"a\":null},false],\"a\":\"\"}",
        "123456789012345678901234567890"
      })
  void whatIsWrittenIsWhatWasRead(String json) {
    assertThat(Json.write(Json.parse(json))).isEqualTo(json);
  }

  @Test
  void spaceAndEscapesAreUnderstood() {
    assertThat(String.valueOf(Json.parse(" { \"a\" : [ 1 , \"\\u00e9\\/\\t\" ] }\n")))
        .isEqualTo("{a=[1, é/\t]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[1,]", "{\"a\"}", "nul", "1 2", "\"", "--1", "\"\\x\"", "{1:2}"})
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not JSON");
  }
}
