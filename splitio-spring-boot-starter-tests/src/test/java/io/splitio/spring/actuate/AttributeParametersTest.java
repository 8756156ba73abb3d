package io.splitio.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

class AttributeParametersTest {

  @Test
  void plainTextIsText() {
    assertThat(AttributeParameters.read("plan=gold")).isEqualTo(Map.of("plan", "gold"));
  }

  @Test
  void numberIsANumberAndAVersionIsText() {
    assertThat(AttributeParameters.read(List.of("age=30", "ratio=-0.5", "version=1.2.3")))
        .isEqualTo(
            Map.of(
                "age", new BigDecimal("30"), "ratio", new BigDecimal("-0.5"), "version", "1.2.3"));
  }

  @Test
  void quotedNumberIsText() {
    assertThat(AttributeParameters.read("code=\"30\"")).isEqualTo(Map.of("code", "30"));
  }

  @Test
  void booleanIsABoolean() {
    assertThat(AttributeParameters.read("beta=true")).isEqualTo(Map.of("beta", true));
  }

  @Test
  void bracketsEncloseAList() {
    assertThat(AttributeParameters.read(List.of("tags=[a,b]", "none=[]")))
        .isEqualTo(Map.of("tags", List.of("a", "b"), "none", List.of()));
  }

  @Test
  void valueMayHoldAnEqualsSign() {
    assertThat(AttributeParameters.read("term=a=b")).isEqualTo(Map.of("term", "a=b"));
  }

  @Test
  void nothingIsNoAttributes() {
    assertThat(AttributeParameters.read(null)).isEmpty();
  }

  @Test
  void textWithoutAnEqualsSignIsRefused() {
    assertThatThrownBy(() -> AttributeParameters.read("gold"))
        .isInstanceOf(InvalidEndpointRequestException.class)
        .hasMessage("attr is \"gold\"; it must be like plan=gold");
  }
}
