package io.splitio.backend.featbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Services;
import io.splitio.testing.ManualScheduler;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A document is given while a file turns out to be of no use. */
class OfflineFeedTest {
  private static final String GOOD =
      """
      {"messageType": "data-sync", "data": {"eventType": "full", "segments": [],
       "featureFlags": []}}""";

  private final ManualScheduler scheduler = new ManualScheduler();
  private final Services services =
      Lent.with(scheduler, (before, after) -> {}, task -> new Thread(task));
  private final Intake intake = new Intake(services);
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
  private final OfflineFeed feed =
      new OfflineFeed(new OfflineFeed.Document("f", this::fail), services);

  private String fail() throws IOException {
    meanwhile.get().run();
    throw new IOException("gone");
  }

  private void give() {
    assertThat(feed.load(GOOD)).isTrue();
  }

  private void start() {
    CompletableFuture<Void> unused = feed.start(intake.store());
    scheduler.runDue();
  }

  @AfterEach
  void end() {
    feed.close();
    scheduler.shutdownNow();
  }

  private void assertServed() {
    assertThat(feed.status().current().type()).isEqualTo(FeatBitState.Type.OK);
    assertThat(services.report().latest().problem()).isNull();
  }

  @Test
  void aFileThatFailsIsAsGoodAsMendedByWhatWasGivenBefore() {
    meanwhile.set(this::give);
    start();
    assertServed();
  }

  @Test
  void aFileThatFailsIsAsGoodAsMendedByWhatIsGivenWhileThatIsTold() {
    services.report().whenFatal(problem -> give());
    start();
    assertServed();
  }

  @Test
  void aFileThatFailsIsToldWhereNothingIsGiven() {
    start();
    assertThat(feed.status().current().type()).isEqualTo(FeatBitState.Type.INTERRUPTED);
    assertThat(services.report().latest().problem()).contains("f cannot be used");
  }
}
