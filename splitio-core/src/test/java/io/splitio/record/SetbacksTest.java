package io.splitio.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.record.Delivery.Fate;
import io.splitio.testing.LogCapture;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says of what cannot be delivered. */
class SetbacksTest {
  private static final long START = 1_700_000_000_000L;
  private static final Delivery PASSING = new Delivery(Fate.TRY_AGAIN, null, "HTTP status 500");
  private static final Delivery LASTING =
      new Delivery(Fate.TRY_MUCH_LATER, null, "HTTP status 401");

  private final AtomicLong millis = new AtomicLong(START);
  private final Outflow.Setbacks setbacks =
      new Outflow.Setbacks("events", new Outflow.Refusals(millis::get));
  private final LogCapture log = LogCapture.everything();

  @AfterEach
  void stop() {
    log.close();
  }

  private List<String> told(String level) {
    return log.lines().stream().filter(line -> line.startsWith(level)).toList();
  }

  @Test
  void aTroubleIsToldAsLongAsItLastsOnce() {
    for (int hours = 0; hours < 3; hours++) {
      setbacks.tell(PASSING);
      millis.addAndGet(3_600_000);
    }

    assertThat(told("WARN")).singleElement().asString().contains("events", "HTTP status 500");
  }

  /** As where one server of several is down, and every other batch meets it. */
  @Test
  void whatComesAndGoesIsToldOnceAMinute() {
    for (int second = 0; second < 120; second++) {
      setbacks.tell(PASSING);
      setbacks.over();
      millis.addAndGet(1_000);
    }

    assertThat(told("WARN")).hasSize(2);
    assertThat(told("INFO")).hasSize(2).allMatch(line -> line.contains("delivered again"));
  }

  @Test
  void aTroubleThatGoesOnWasToldAfterAMinuteAtTheLatest() {
    setbacks.tell(PASSING);
    setbacks.over();
    setbacks.tell(PASSING);
    assertThat(told("WARN")).hasSize(1);

    millis.addAndGet(60_000);
    setbacks.tell(PASSING);

    assertThat(told("WARN")).hasSize(2);
  }

  @Test
  void whatAPersonHasToMendIsToldBesides() {
    setbacks.tell(PASSING);
    setbacks.tell(LASTING);
    setbacks.over();
    setbacks.tell(LASTING);

    assertThat(told("WARN")).hasSize(1);
    assertThat(told("ERROR"))
        .hasSize(2)
        .allMatch(line -> line.contains("HTTP status 401"))
        .allMatch(line -> line.contains("every few minutes"));
  }
}
