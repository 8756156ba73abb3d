package io.splitio.backend.split.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.split.stream.Notification.Control;
import io.splitio.backend.split.stream.Notification.Occupancy;
import io.splitio.backend.split.stream.StreamHealth.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one connection is worth: protocol specification 6.9 and 7.3. */
class StreamHealthTest {
  private final StreamHealth health = new StreamHealth();

  private Verdict control(String type, String channel, long at) {
    return health.control(new Control(type, channel, at));
  }

  private void occupancy(String channel, long publishers, long at) {
    assertThat(health.occupancy(new Occupancy(publishers, channel, at))).isEqualTo(Verdict.SETTLE);
  }

  @Test
  void aConnectionThatSaidNothingIsNotReliedOn() {
    assertThat(health.streams()).isFalse();
  }

  @Test
  void anySignOfLifeWillDo() {
    assertThat(health.sign()).isEqualTo(Verdict.SETTLE);
    assertThat(health.streams()).isTrue();
  }

  @Test
  void anErrorIsNoSignOfLife() {
    assertThat(health.failed(50_000)).isEqualTo(Verdict.SETTLE);
    assertThat(health.streams()).isFalse();
  }

  @Test
  void oneChannelWithPublishersIsEnough() {
    occupancy("control_pri", 0, 1);
    assertThat(health.streams()).isTrue();
    occupancy("control_sec", 0, 2);
    assertThat(health.streams()).isFalse();
    occupancy("control_pri", 1, 3);
    assertThat(health.streams()).isTrue();
  }

  @Test
  void otherChannelsDoNotCount() {
    occupancy("control_pri", 0, 1);
    occupancy("control_sec", 0, 1);
    occupancy("ORG1_ENV7_splits", 5, 9);
    assertThat(health.streams()).isFalse();
  }

  @Test
  void olderNewsOfAChannelIsIgnored() {
    occupancy("control_pri", 0, 10);
    occupancy("control_sec", 0, 10);
    occupancy("control_sec", 2, 9);
    assertThat(health.streams()).isFalse();
    occupancy("control_sec", 2, 10);
    assertThat(health.streams()).isTrue();
  }

  @Test
  void channelsAndKindsAreOrderedApart() {
    control("STREAMING_PAUSED", "control_pri", 100);
    control("STREAMING_RESUMED", "control_sec", 50);
    assertThat(health.streams()).isTrue();
    control("STREAMING_PAUSED", "control_pri", 101);
    occupancy("control_pri", 1, 1);
    control("STREAMING_RESUMED", "control_pri", 100);
    assertThat(health.streams()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"STREAMING_RESUMED", "STREAMING_ENABLED"})
  void aPauseEnds(String how) {
    assertThat(control("STREAMING_PAUSED", "control_pri", 1)).isEqualTo(Verdict.SETTLE);
    assertThat(health.streams()).isFalse();
    assertThat(control(how, "control_pri", 2)).isEqualTo(Verdict.SETTLE);
    assertThat(health.streams()).isTrue();
  }

  @Test
  void publishersDoNotEndAPause() {
    control("STREAMING_PAUSED", "control_pri", 1);
    occupancy("control_pri", 2, 2);
    assertThat(health.streams()).isFalse();
  }

  @Test
  void aResetRenewsAndADisabledStreamIsGivenUp() {
    assertThat(control("STREAMING_RESET", "control_pri", 1)).isEqualTo(Verdict.RENEW);
    assertThat(control("STREAMING_DISABLED", "control_pri", 2)).isEqualTo(Verdict.GIVE_UP);
  }

  @Test
  void anUnknownControlTypeIsIgnored() {
    assertThat(control("STREAMING_TURNED_BLUE", "control_pri", 1)).isEqualTo(Verdict.SETTLE);
    assertThat(health.streams()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {40140, 40142, 40149})
  void anErrorOfTheTokenLeadsToAnother(int code) {
    assertThat(health.failed(code)).isEqualTo(Verdict.RECONNECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {40000, 40012, 40139, 40150, 49999})
  void otherErrorsOfTheClientGiveTheStreamUp(int code) {
    assertThat(health.failed(code)).isEqualTo(Verdict.GIVE_UP);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 39999, 50000, 80000})
  void errorsOfTheServiceAreIgnored(int code) {
    health.sign();
    assertThat(health.failed(code)).isEqualTo(Verdict.SETTLE);
    assertThat(health.streams()).isTrue();
  }

  @Test
  void endlesslyManyChannelsDoNotFillTheMemory() {
    for (int i = 0; i < 10_000; i++) {
      occupancy("c" + i, 1, i);
    }
    occupancy("control_pri", 0, 1);
    occupancy("control_sec", 0, 1);
    assertThat(health.streams()).isFalse();
  }
}
