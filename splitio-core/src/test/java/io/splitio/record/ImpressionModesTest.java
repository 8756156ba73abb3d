package io.splitio.record;

import static io.splitio.record.RecorderFixture.START;
import static io.splitio.record.RecorderFixture.serve;
import static io.splitio.record.RecorderFixture.serveCounted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.splitio.api.ImpressionMode;
import io.splitio.api.Key;
import io.splitio.record.Sinks.Count;
import io.splitio.record.Sinks.Keys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each mode sends (protocol specification 8.2 to 8.5 and 15). */
class ImpressionModesTest {
  private static final long HOUR = 3_600_000;
  private static final long EIGHT = 1_759_996_800_000L;
  private static final long NINE = 1_760_000_400_000L;

  private final RecorderFixture fixture = new RecorderFixture();

  private Recorder recorder(ImpressionMode mode) {
    fixture.mode = mode;
    Recorder recorder = fixture.recorder();
    recorder.start();
    return recorder;
  }

  @Test
  void optimizedFollowsTheWorkedExample() {
    Recorder recorder = recorder(ImpressionMode.OPTIMIZED);
    fixture.now = START + 10_000;
    serve(recorder, "u1", "checkout_v2");
    fixture.now = START + 20_000;
    serve(recorder, "u1", "checkout_v2");
    fixture.now = START + 70_000;
    serveCounted(recorder, "u1", "banner");
    fixture.now = START + 80_000;
    serveCounted(recorder, "u2", "banner");
    fixture.now = START + 90_000;
    serveCounted(recorder, "u1", "banner");
    fixture.now = START + 410_000;
    serve(recorder, "u1", "checkout_v2");
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions())
        .extracting(Served::flag, Served::time, Served::previousTime)
        .containsExactly(
            tuple("checkout_v2", START + 10_000, null),
            tuple("checkout_v2", START + 410_000, START + 20_000));
    assertThat(fixture.sinks.counts())
        .containsExactlyInAnyOrder(
            new Count("checkout_v2", EIGHT, 1),
            new Count("checkout_v2", NINE, 1),
            new Count("banner", EIGHT, 3));
    assertThat(fixture.sinks.keyBatches())
        .containsExactly(List.of(new Keys("banner", List.of("u1", "u2"))));
    assertThat(fixture.sinks.usages().get(0).recorded().impressionsQueued()).isEqualTo(2);
    assertThat(fixture.sinks.usages().get(0).recorded().impressionsDeduplicated()).isEqualTo(1);
  }

  @Test
  void optimizedSendsImpressionsWithPropertiesAsTheyAre() {
    Recorder recorder = recorder(ImpressionMode.OPTIMIZED);
    serve(recorder, "u1", "f", Map.of("plan", "pro"));
    serve(recorder, "u1", "f", Map.of("plan", "pro"));
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions())
        .hasSize(2)
        .allSatisfy(served -> assertThat(served.previousTime()).isNull());
    assertThat(fixture.sinks.counts()).isEmpty();
  }

  @Test
  void optimizedTellsTreatmentsVersionsAndKeysApart() {
    Recorder recorder = recorder(ImpressionMode.OPTIMIZED);
    serve(recorder, "u1", "f");
    serve(recorder, "u2", "f");
    serve(recorder, "u1", "g");
    recorder
        .impressions()
        .record(Key.of("u1"), "f", RecorderFixture.evaluation("off"), Map.of(), System.nanoTime());
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions()).hasSize(4);
    assertThat(fixture.sinks.counts()).isEmpty();
  }

  @Test
  void debugSendsEveryImpressionAndWhenItWasSeenBefore() {
    Recorder recorder = recorder(ImpressionMode.DEBUG);
    serve(recorder, "u1", "f");
    fixture.now += 5;
    serve(recorder, "u1", "f");
    fixture.now += 5;
    serve(recorder, "u1", "f", Map.of("plan", "pro"));
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions())
        .extracting(Served::previousTime)
        .containsExactly(null, START, null);
    assertThat(fixture.sinks.counts()).isEmpty();
  }

  @Test
  void noneSendsCountsAndKeysOnly() {
    Recorder recorder = recorder(ImpressionMode.NONE);
    serve(recorder, "u1", "f", Map.of("plan", "pro"));
    serve(recorder, "u1", "f");
    serve(recorder, "u2", "f");
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions()).isEmpty();
    assertThat(fixture.sinks.counts()).containsExactly(new Count("f", EIGHT, 3));
    assertThat(fixture.sinks.keyBatches())
        .containsExactly(List.of(new Keys("f", List.of("u1", "u2"))));
  }

  @Test
  void aFlagThatOptsOutIsCountedInDebugToo() {
    Recorder recorder = recorder(ImpressionMode.DEBUG);
    serveCounted(recorder, "u1", "f");
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions()).isEmpty();
    assertThat(fixture.sinks.counts()).containsExactly(new Count("f", EIGHT, 1));
    assertThat(fixture.sinks.keyBatches()).hasSize(1);
  }

  @Test
  void labelsAreLeftOutInOnePlaceForAll() {
    fixture.labels = false;
    Recorder recorder = recorder(ImpressionMode.OPTIMIZED);
    serve(recorder, "u1", "f");
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions())
        .singleElement()
        .satisfies(served -> assertThat(served.label()).isNull());
  }

  @Test
  void aClockThatGoesBackSendsNothingTwiceAndCountsAll() {
    Recorder recorder = recorder(ImpressionMode.OPTIMIZED);
    fixture.now = START + HOUR;
    serve(recorder, "u1", "f");
    fixture.now = START;
    serve(recorder, "u1", "f");
    fixture.now = START - 365 * 24 * HOUR;
    serve(recorder, "u1", "f");
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions()).hasSize(1);
    assertThat(fixture.sinks.counts()).hasSize(2).extracting(Count::count).containsOnly(1L);
  }

  @Test
  void countsAndImpressionsTogetherAreTheEvaluations() {
    Recorder recorder = recorder(ImpressionMode.OPTIMIZED);
    int evaluations = 50_000;
    for (int i = 0; i < evaluations; i++) {
      fixture.now = START + i * 700L; // nearly ten hours
      serve(recorder, "u" + i % 97, "f" + i % 7);
    }
    fixture.close(recorder);

    long counted = fixture.sinks.counts().stream().mapToLong(Count::count).sum();
    long first = fixture.sinks.impressions().stream().filter(s -> s.previousTime() == null).count();
    assertThat(counted + first).isEqualTo(evaluations);
    assertThat(recorder.accounts().deduplicated())
        .isEqualTo(evaluations - fixture.sinks.impressions().size());
  }
}
