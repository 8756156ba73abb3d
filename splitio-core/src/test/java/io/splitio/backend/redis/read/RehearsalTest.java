package io.splitio.backend.redis.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.engine.Snapshot;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The question that is answered before the first one. */
class RehearsalTest {
  private static final RedisSettings SETTINGS =
      new RedisSettings(
          new Address.Single(new Address.Node("localhost", 1), 0), RedisSettings.Login.NONE, null);

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Rehearsal rehearsal =
      new Rehearsal(SETTINGS, DateUnit.MILLISECONDS, new Line(null, scheduler, null));

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void readsAFlagAndWhatItNeedsAndTellsNobodyOfWhatIsMissing() {
    try (LogCapture log = LogCapture.everything()) {
      Snapshot answer = rehearsal.answer();

      assertThat(answer.flag("flag")).isNotNull();
      assertThat(answer.ruleBasedSegment("rules")).isNotNull();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void keepsNobodyFromBeginningWhenItFails() {
    Rehearsal failing = new Rehearsal(null, DateUnit.MILLISECONDS, new Line(null, scheduler, null));

    assertThat(failing.on(scheduler)).succeedsWithin(Duration.ofSeconds(10));
  }
}
