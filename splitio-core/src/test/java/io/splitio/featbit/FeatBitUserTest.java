package io.splitio.featbit;

import static org.assertj.core.api.Assertions.assertThat;

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
}
