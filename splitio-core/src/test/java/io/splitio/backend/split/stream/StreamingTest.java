package io.splitio.backend.split.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Lane;
import io.splitio.net.Backoff;
import io.splitio.net.EventStream;
import io.splitio.net.Http;
import io.splitio.net.HttpSettings;
import io.splitio.net.Outcome;
import io.splitio.net.QuietListener;
import io.splitio.net.Request;
import io.splitio.net.Trouble;
import io.splitio.telemetry.Telemetry;
import io.splitio.testing.ManualScheduler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is due at the same moment must not lead to two connections. */
class StreamingTest implements Streaming.Service, Streaming.Owner {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final ManualScheduler scheduler = new ManualScheduler();
  private final Lane lane = new Lane(scheduler);
  private final Http http =
      new Http(HttpSettings.defaults().withoutEnvironmentProxy(), role -> Thread::new);
  private final Streaming streaming =
      new Streaming(
          this,
          lane,
          this,
          new Streaming.Books(new Telemetry(), scheduler.clock()),
          new Pauses(
              Backoff.normal(() -> 0.99, System::nanoTime),
              Backoff.normal(() -> 0.99, System::nanoTime)));
  private boolean refusing = true;
  private int asked;
  private int opened;

  @AfterEach
  void close() {
    http.close();
  }

  @Override
  public CompletableFuture<Outcome<Token>> authenticate() {
    asked++;
    Token token = new Token(true, "t", List.of("c"), Duration.ofMinutes(50), 0);
    return CompletableFuture.completedFuture(
        refusing
            ? new Outcome.Failure<>(new Trouble.Status(500, null))
            : new Outcome.Success<>(200, token));
  }

  /** Never heard of: nobody listens at the address, and the listener is left out. */
  @Override
  public EventStream stream(Token token, EventStream.Listener listener) {
    opened++;
    return http.stream(Request.to(URI.create("http://127.0.0.1:1")), new QuietListener());
  }

  private void waitingForAnotherAttempt() {
    lane.execute(streaming::start);
    scheduler.runDue();
    refusing = false;
  }

  @Test
  void aWishToTryNowBesideADueAttemptLeadsToOneConnection() {
    waitingForAnotherAttempt();
    lane.execute(
        () -> {
          scheduler.advance(FIRST_PAUSE); // the attempt is due, and waits for the lane
          streaming.hurry();
        });
    scheduler.runDue();
    assertThat(asked).isEqualTo(2);
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void aRestartBesideADueAttemptLeadsToOneConnection() {
    waitingForAnotherAttempt();
    lane.execute(
        () -> {
          scheduler.advance(FIRST_PAUSE);
          streaming.stop();
          streaming.start();
        });
    scheduler.runDue();
    assertThat(asked).isEqualTo(2);
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void aDueAttemptIsNotMadeAfterTheEnd() {
    waitingForAnotherAttempt();
    lane.execute(
        () -> {
          scheduler.advance(FIRST_PAUSE);
          streaming.stop();
        });
    scheduler.runDue();
    assertThat(asked).isEqualTo(1);
  }

  @Override
  public void streaming() {}

  @Override
  public void notStreaming(String why) {}

  @Override
  public void replacing() {}

  @Override
  public void alive() {}

  @Override
  public void notified(Notification notification) {}
}
