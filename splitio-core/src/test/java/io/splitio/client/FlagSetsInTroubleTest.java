package io.splitio.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.engine.Change;
import io.splitio.engine.Gathered;
import io.splitio.engine.Snapshot;
import io.splitio.engine.UnavailableException;
import io.splitio.flag.FeatureFlag;
import io.splitio.telemetry.Telemetry.Counter;
import io.splitio.testing.LogCapture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A flag set that cannot be had is missing from the answer, and nothing else is. */
class FlagSetsInTroubleTest {
  /** The set {@code bad} is not told; the set {@code good} has one flag. */
  private record OneSetTold() implements Gathered {
    @Override
    public boolean inSegment(String segment, String key) {
      return false;
    }

    @Override
    public Set<String> flagsIn(String flagSet) {
      if (flagSet.equals("bad")) {
        throw new UnavailableException("nobody told flag set bad: WRONGTYPE");
      }
      return Set.of("flag");
    }

    @Override
    public void confirmNoFlag(String name) {}

    @Override
    public void confirmNoRuleBasedSegment(String name) {}
  }

  private static Snapshot snapshot() {
    FeatureFlag flag = FeatureFlag.named("flag").defaultTreatment("off").killed(true).build();
    return Change.flags(List.of(flag), List.of(), 1).applyTo(Snapshot.EMPTY).with(new OneSetTold());
  }

  @Test
  void theOtherFlagSetsAreAnsweredNowAndLaterAndTheBadOneIsNamedOnce() {
    try (LogCapture log = LogCapture.warnings()) {
      Parts parts = new Parts(new Parts.Asking(FlagSetsInTroubleTest::snapshot));
      parts.readiness.becameReady();
      List<String> sets = List.of("bad", "good");

      assertThat(parts.client.getTreatmentsByFlagSets("u", sets)).isEqualTo(Map.of("flag", "off"));
      assertThat(parts.client.async().getTreatmentsByFlagSets("u", sets).join())
          .isEqualTo(Map.of("flag", "off"));
      assertThat(log.lines())
          .containsExactly(
              "WARN getTreatmentsByFlagSets: flag set 'bad' could not be had, so its flags are not"
                  + " in the answer: nobody told flag set bad: WRONGTYPE");
      assertThat(parts.telemetry.total(Counter.EVALUATION_ERRORS)).isEqualTo(2);
    }
  }
}
