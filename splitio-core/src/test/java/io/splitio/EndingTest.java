package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingTest {
  private final List<String> closed = new ArrayList<>();
  private final Ending ending = new Ending(Duration.ofSeconds(5), thread -> false);

  @Test
  void whatWasMadeLastIsClosedFirst() {
    ending.first(left -> closed.add("threads"));
    ending.first(left -> closed.add("source"));
    ending.run();

    assertThat(closed).containsExactly("source", "threads");
  }

  @Test
  void whatIsMadeAfterTheEndIsClosedAtOnce() {
    ending.run();
    ending.first(left -> closed.add("late"));

    assertThat(closed).containsExactly("late");
  }
}
