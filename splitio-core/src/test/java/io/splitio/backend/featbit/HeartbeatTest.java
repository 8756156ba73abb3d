package io.splitio.backend.featbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.net.frame.FrameReader.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a silent server is asked, and when it is given up; pings every 10 s, 30 s of silence. */
class HeartbeatTest {
  private static final long START = Long.MAX_VALUE - 5; // as System.nanoTime() may be

  private final Heartbeat heartbeat = new Heartbeat(Pace.usual(), START);

  private static long at(double seconds) {
    return START + (long) (seconds * 1e9);
  }

  private Duration pause(double now, double heard) {
    return heartbeat.pause(at(now), at(heard)).minusMillis(1);
  }

  @Test
  void itAsksEveryTenSeconds() {
    heartbeat.synced();
    assertThat(heartbeat.isDue(at(9.9))).isFalse();
    assertThat(pause(0, 0)).isEqualTo(Duration.ofSeconds(10));
    assertThat(heartbeat.isDue(at(10))).isTrue();
    assertThat(heartbeat.isDue(at(10.1))).isFalse();
    assertThat(pause(10, 10)).isEqualTo(Duration.ofSeconds(10));
  }

  /** Not at the next question, which would be ten seconds later. */
  @Test
  void silenceIsNoticedAfterThirtySeconds() {
    heartbeat.synced();
    assertThat(heartbeat.isDue(at(30))).isTrue();
    assertThat(heartbeat.trouble(at(30), at(0.5), false)).isNull();
    assertThat(pause(30, 0.5)).isEqualTo(Duration.ofMillis(500));
    assertThat(heartbeat.trouble(at(30.51), at(0.5), false))
        .isEqualTo("nothing was heard for PT30S");
  }

  @Test
  void aMessageThatHardlyComesNearerIsNotWaitedForHoweverFastItBegan() {
    heartbeat.synced();
    long begun = at(5);
    assertThat(heartbeat.crawls(at(10), new Progress(begun, 1 << 20))).isFalse();
    assertThat(heartbeat.crawls(at(39), new Progress(begun, 1 << 20))).isFalse();
    assertThat(heartbeat.isDue(at(39))).isTrue();
    assertThat(pause(39, 39)).isEqualTo(Duration.ofSeconds(1));
    assertThat(heartbeat.crawls(at(40.1), new Progress(begun, (1 << 20) + 30_000))).isTrue();
  }

  @Test
  void aMessageThatComesNearerIsWaitedFor() {
    long begun = at(5);
    for (int look = 1; look < 20; look++) {
      assertThat(heartbeat.crawls(at(30 * look), new Progress(begun, 31_000L * look))).isFalse();
    }
  }

  @Test
  void otherMessagesThatAreUnderWayAtEachLookAreNotOneThatCrawls() {
    for (int look = 1; look < 20; look++) {
      assertThat(heartbeat.crawls(at(30 * look), new Progress(at(look), look))).isFalse();
    }
    assertThat(heartbeat.crawls(at(700), null)).isFalse();
  }

  @Test
  void whoAnswersAndSendsNoDefinitionsIsGivenUpToo() {
    assertThat(heartbeat.isDue(at(29))).isTrue();
    assertThat(pause(29, 29)).isEqualTo(Duration.ofSeconds(1));
    assertThat(heartbeat.trouble(at(30.1), at(29), true)).isNull();
    assertThat(pause(30.1, 29)).isEqualTo(Duration.ofMillis(8_900));
    assertThat(heartbeat.trouble(at(30.1), at(29), false))
        .isEqualTo("no definitions came for PT30S");
    heartbeat.synced();
    assertThat(heartbeat.trouble(at(30.1), at(29), false)).isNull();
  }
}
