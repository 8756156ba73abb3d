package io.splitio.record;

import static io.splitio.record.RecorderFixture.event;
import static io.splitio.record.RecorderFixture.serve;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.record.Delivery.Fate;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a person can mend is said loudly, and not too often (protocol specification 14.4). */
class RefusalsTest {
  private static final String ADVICE = "HTTP status 401 (use another key)";

  private final LogCapture log = LogCapture.warnings();
  private final RecorderFixture fixture = new RecorderFixture();

  @AfterEach
  void close() {
    log.close();
  }

  private Recorder refused() {
    fixture.sinks.answering(
        what -> completedFuture(new Delivery(Fate.TRY_MUCH_LATER, null, ADVICE)));
    Recorder recorder = fixture.recorder();
    recorder.start();
    serve(recorder, "u1", "f");
    recorder.events().offer(event("u1"));
    return recorder;
  }

  private void pass(Duration time) {
    fixture.now += time.toMillis();
    fixture.scheduler.advance(time);
  }

  @Test
  void aRefusalIsSaidOnceForAllSendersWithWhatToDo() {
    refused();
    pass(Duration.ofMinutes(30));
    assertThat(fixture.sinks.order()).contains("impressions", "events", "config");
    assertThat(log.lines()).singleElement().asString().startsWith("ERROR").contains(ADVICE);
  }

  @Test
  void aRefusalThatLastsIsSaidAgainEveryHour() {
    refused();
    for (int minute = 0; minute < 185; minute++) {
      pass(Duration.ofMinutes(1));
    }
    assertThat(log.lines()).hasSize(4).allMatch(line -> line.startsWith("ERROR"));
  }

  @Test
  void aRefusalAfterRecoveryIsSaidAtOnce() {
    Recorder recorder = refused();
    pass(Duration.ofMinutes(1));
    fixture.sinks.always(Fate.DELIVERED);
    pass(Duration.ofMinutes(10));
    fixture.sinks.answering(
        what -> completedFuture(new Delivery(Fate.TRY_MUCH_LATER, null, ADVICE)));
    recorder.events().offer(event("u2"));
    pass(Duration.ofMinutes(1));
    assertThat(log.lines()).hasSize(2);
  }

  @Test
  void aRefusalAfterAPassingTroubleIsNotHiddenByIt() {
    fixture.sinks.then(Fate.TRY_AGAIN, Fate.TRY_AGAIN);
    refused();
    pass(Duration.ofMinutes(30));
    assertThat(log.lines()).filteredOn(line -> line.startsWith("ERROR")).hasSize(1);
  }

  @Test
  void aRefusalAtTheEndIsSaid() {
    fixture.close(refused());
    assertThat(log.lines().get(0)).startsWith("ERROR").contains(ADVICE);
  }
}
