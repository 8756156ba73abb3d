package io.splitio.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void withoutOptionsTheCloudIsEmptyOnAnyFreePort() {
    assertThat(Options.parse()).isEqualTo(new Options(0, new Population(0, 0, 0)));
  }

  @Test
  void everyOptionHasItsPlace() {
    assertThat(
            Options.parse("--segment-size", "4", "--flags", "2", "--port", "1", "--segments", "3"))
        .isEqualTo(new Options(1, new Population(2, 3, 4)));
  }

  @Test
  void whatIsNoOptionIsSaid() {
    assertThatThrownBy(() -> Options.parse("8080"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "8080 is not an option; options are [--flags, --port, --segment-size, --segments]");
  }

  @Test
  void aValueThatIsNoNumberIsSaid() {
    assertThatThrownBy(() -> Options.parse("--flags", "many"))
        .hasMessage("the value of --flags is many; it must be a whole number");
    assertThatThrownBy(() -> Options.parse("--flags"))
        .hasMessage("the value of --flags is missing; it must be a whole number");
    assertThatThrownBy(() -> Options.parse("--flags", "-1"))
        .hasMessage("flags is -1; it must be at least 0");
  }
}
