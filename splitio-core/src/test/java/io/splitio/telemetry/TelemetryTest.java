package io.splitio.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.telemetry.Interval.Streamed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the SDK counts about itself (protocol specification 10). */
class TelemetryTest {
  private final Telemetry telemetry = new Telemetry();

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "500,0",
    "1000,0",
    "1001,1",
    "1500,1",
    "8000,6",
    "985261,17",
    "985262,18",
    "7481828,22",
    "7481829,22",
    "999999999,22"
  })
  void latenciesFallIntoTheBucketsOfTheProtocol(long micros, int bucket) {
    telemetry.answered(Call.TREATMENT, micros * 1_000);

    List<Long> expected = new ArrayList<>(Collections.nCopies(23, 0L));
    expected.set(bucket, 1L);
    assertThat(telemetry.take().methodLatencies()).isEqualTo(Map.of(Call.TREATMENT, expected));
  }

  @Test
  void whatWasTakenIsNotTakenTwice() {
    telemetry.answered(Call.TRACK, 1);
    telemetry.failed(Call.TRACK);
    telemetry.exchange(Resource.EVENTS, 503, 1, 10);
    telemetry.tokenRefreshed();
    telemetry.authRejected();
    telemetry.inlineUpdate();
    telemetry.streamed(StreamingEvent.ABLY_ERROR, 40142, 11);
    telemetry.tag("t");
    Interval first = telemetry.take();

    assertThat(first.methodExceptions()).isEqualTo(Map.of(Call.TRACK, 1L));
    assertThat(first.exchangeErrors()).isEqualTo(Map.of(Resource.EVENTS, Map.of(503, 1L)));
    assertThat(telemetry.take())
        .isEqualTo(
            new Interval(Map.of(), Map.of(), Map.of(), Map.of(), 0, 0, List.of(), List.of(), 0));
  }

  @Test
  void whatIsGivenBackGoesWithTheNextReport() {
    telemetry.answered(Call.TRACK, 1);
    telemetry.failed(Call.TRACK);
    telemetry.exchange(Resource.EVENTS, 503, 1, 10);
    telemetry.tokenRefreshed();
    telemetry.authRejected();
    telemetry.inlineUpdate();
    telemetry.streamed(StreamingEvent.ABLY_ERROR, 40142, 11);
    telemetry.tag("t");
    Interval undelivered = telemetry.take();
    telemetry.giveBack(undelivered);

    assertThat(telemetry.take()).isEqualTo(undelivered);
  }

  @Test
  void whatHappenedToStreamingIsKeptInOrderAndUpToTwenty() {
    for (int i = 0; i < 15; i++) {
      telemetry.streamed(StreamingEvent.SYNC_MODE_UPDATE, i, i);
    }
    Interval undelivered = telemetry.take();
    for (int i = 15; i < 30; i++) {
      telemetry.streamed(StreamingEvent.SYNC_MODE_UPDATE, i, i);
    }
    telemetry.giveBack(undelivered);

    assertThat(telemetry.take().streamed())
        .hasSize(20)
        .startsWith(new Streamed(StreamingEvent.SYNC_MODE_UPDATE, 0, 0))
        .endsWith(new Streamed(StreamingEvent.SYNC_MODE_UPDATE, 19, 19));
  }

  @Test
  void onlyASuccessIsALastSuccess() {
    telemetry.exchange(Resource.IMPRESSIONS, 202, 1, 5);
    telemetry.exchange(Resource.IMPRESSIONS, 500, 1, 9);

    assertThat(telemetry.lastSuccesses())
        .containsEntry(Resource.IMPRESSIONS, 5L)
        .containsEntry(Resource.EVENTS, 0L);
  }
}
