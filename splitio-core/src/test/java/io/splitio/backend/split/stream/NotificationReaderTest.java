package io.splitio.backend.split.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.split.stream.Notification.Control;
import io.splitio.backend.split.stream.Notification.Definition;
import io.splitio.backend.split.stream.Notification.Failed;
import io.splitio.backend.split.stream.Notification.Flags;
import io.splitio.backend.split.stream.Notification.Garbled;
import io.splitio.backend.split.stream.Notification.Kill;
import io.splitio.backend.split.stream.Notification.Occupancy;
import io.splitio.backend.split.stream.Notification.RuleBasedSegments;
import io.splitio.backend.split.stream.Notification.Segment;
import io.splitio.backend.split.stream.Notification.Sign;
import io.splitio.net.EventStream.Event;
import io.splitio.testing.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents of the protocol specification 6.5.1, 15.2 and A.4, literally, and damaged ones. */
class NotificationReaderTest {
  private static @Nullable Notification message(String data) {
    return NotificationReader.read(new Event("message", data, "1"));
  }

  private static @Nullable Notification inner(String document) {
    return message(
        "{\"id\":\"n:0:0\",\"clientId\":\"pri:x\",\"timestamp\":1760000060123,\"encoding\":\"json\","
            + "\"channel\":\"[?occupancy=metrics.publishers]control_pri\",\"data\":"
            + JsonText.of(document)
            + "}");
  }

  private static @Nullable Notification error(String data) {
    return NotificationReader.read(new Event("error", data, ""));
  }

  @Test
  void aChangedFlagMayComeWithItsDefinition() {
    assertThat(
            inner(
                "{\"type\":\"SPLIT_UPDATE\",\"changeNumber\":30,\"pcn\":20,\"c\":2,\"d\":\"eNq\"}"))
        .isEqualTo(new Flags(30, new Definition(20, 2, "eNq")));
  }

  @Test
  void aChangedFlagMayComeWithoutItsDefinition() {
    assertThat(inner("{\"type\":\"SPLIT_UPDATE\",\"changeNumber\":30}"))
        .isEqualTo(new Flags(30, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"c\":2,\"d\":\"eNq\"",
        "\"pcn\":20,\"d\":\"eNq\"",
        "\"pcn\":20,\"c\":2",
        "\"pcn\":20,\"c\":2,\"d\":null",
        "\"pcn\":20,\"c\":2,\"d\":{\"name\":1}",
        "\"pcn\":\"x\",\"c\":2,\"d\":\"eNq\"",
        "\"pcn\":20,\"c\":5000000000,\"d\":\"eNq\"",
      })
  void aDefinitionThatLacksSomethingCountsAsNone(String fields) {
    assertThat(inner("{\"type\":\"SPLIT_UPDATE\",\"changeNumber\":30," + fields + "}"))
        .isEqualTo(new Flags(30, null));
  }

  @Test
  void aChangedRuleBasedSegmentIsRead() {
    assertThat(
            inner(
                "{\"type\":\"RB_SEGMENT_UPDATE\",\"changeNumber\":41,\"pcn\":40,\"c\":1,\"d\":\"H4s\"}"))
        .isEqualTo(new RuleBasedSegments(41, new Definition(40, 1, "H4s")));
  }

  @Test
  void aKillIsRead() {
    assertThat(
            inner(
                "{\"type\":\"SPLIT_KILL\",\"changeNumber\":50,\"splitName\":\"banner\","
                    + "\"defaultTreatment\":\"hide\"}"))
        .isEqualTo(new Kill(50, "banner", "hide"));
  }

  @Test
  void aChangedSegmentIsRead() {
    assertThat(
            inner(
                "{\"type\":\"SEGMENT_UPDATE\",\"changeNumber\":60,\"segmentName\":\"beta_testers\"}"))
        .isEqualTo(new Segment(60, "beta_testers"));
  }

  @Test
  void aControlMessageHasItsChannelWithoutThePrefix() {
    assertThat(inner("{\"type\":\"CONTROL\",\"controlType\":\"STREAMING_PAUSED\"}"))
        .isEqualTo(new Control("STREAMING_PAUSED", "control_pri", 1_760_000_060_123L));
  }

  @Test
  void occupancyIsReadFromTheWorkedExample() {
    assertThat(
            message(
                "{\"id\":\"occ:0:0\",\"timestamp\":1760000001190,\"encoding\":\"json\",\"channel\":"
                    + "\"[?occupancy=metrics.publishers]control_pri\",\"data\":"
                    + "\"{\\\"metrics\\\":{\\\"publishers\\\":2}}\",\"name\":\"[meta]occupancy\"}"))
        .isEqualTo(new Occupancy(2, "control_pri", 1_760_000_001_190L));
  }

  @Test
  void anErrorNeedsNothingButItsCode() {
    assertThat(error("{\"code\":40142}")).isEqualTo(new Failed(40142));
    assertThat(
            error(
                "{\"message\":\"Token expired\",\"code\":40142,\"statusCode\":401,"
                    + "\"href\":\"https://help.example/40142\"}"))
        .isEqualTo(new Failed(40142));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "oops", "{}", "[]", "{\"code\":null}", "{\"code\":\"x\"}", "{\"code\":1"})
  void anErrorThatCannotBeReadSaysNothing(String data) {
    assertThat(error(data)).isNull();
  }

  @Test
  void anEventWithAnIdOnlyIsASignOfLife() {
    assertThat(NotificationReader.read(new Event("message", null, "1"))).isEqualTo(new Sign());
  }

  @Test
  void otherEventsAreSignsOfLifeAndNothingMore() {
    assertThat(NotificationReader.read(new Event("ping", "x", ""))).isEqualTo(new Sign());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"MEMBERSHIPS_MS_UPDATE\",\"c\":{\"x\":1},\"d\":[]}",
        "{\"type\":\"LS_DEFINITION_UPDATE\"}",
        "{\"type\":\"NEXT_YEARS_UPDATE\",\"changeNumber\":{}}",
        "{}",
      })
  void unknownNotificationsAreSignsOfLifeAndNothingMore(String document) {
    assertThat(inner(document)).isEqualTo(new Sign());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "oops",
        "[]",
        "null",
        "{\"data\":\"{}\"",
        "{\"data\":\"{}\"} and more",
        "{\"data\":{\"type\":\"SPLIT_UPDATE\"}}",
        "{\"data\":\"oops\"}",
        "{\"data\":\"{\\\"type\\\":\\\"SPLIT_UPDATE\\\"\"}",
        "{\"data\":\"{\\\"type\\\":\\\"SPLIT_UPDATE\\\"}\"}",
        "{\"data\":\"{\\\"type\\\":\\\"SPLIT_UPDATE\\\",\\\"changeNumber\\\":\\\"x\\\"}\"}",
        "{\"data\":\"{\\\"type\\\":\\\"SPLIT_KILL\\\",\\\"changeNumber\\\":1}\"}",
        "{\"data\":\"{\\\"type\\\":\\\"SEGMENT_UPDATE\\\",\\\"changeNumber\\\":1}\"}",
        "{\"data\":\"{\\\"type\\\":\\\"CONTROL\\\"}\"}",
      })
  void aDamagedMessageSaysThatSomethingWasSaid(String data) {
    assertThat(message(data)).isEqualTo(new Garbled());
  }

  @Test
  void deepNestingIsDamageAndNotTheEndOfTheThread() {
    assertThat(message("{\"x\":".repeat(100_000))).isEqualTo(new Garbled());
  }
}
