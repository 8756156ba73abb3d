package io.splitio.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatBitUserTest {
  private static final FeatBitUser ANA =
      FeatBitUser.of("ana", "Ana").with("age", 30).with("vip", true).with("Name", "other");

  @Test
  void keyNameAndAttributesAreReadBackAsTexts() {
    assertThat(ANA.getKey()).isEqualTo("ana");
    assertThat(ANA.getUserName()).isEqualTo("Ana");
    assertThat(ANA.getCustom()).isEqualTo(Map.of("age", "30", "vip", "true"));
    assertThat(ANA.getProperty("age")).isEqualTo("30");
    assertThat(ANA.getProperty("keyId")).isEqualTo("ana");
    assertThat(ANA.getProperty("missing")).isNull();
  }

  @Test
  void aNameThatIsNullIsNamed() {
    assertThatThrownBy(() -> ANA.with(null, "x")).hasMessage("the name of an attribute is null");
    assertThatThrownBy(() -> ANA.getProperty(null)).hasMessage("the name of a property is null");
  }
}
