package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.SyncReport;
import io.splitio.net.Trouble;
import io.splitio.testing.LogCapture;
import io.splitio.testing.ManualScheduler;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TroublesTest {
  private static final Synced BROKEN = new Synced(new Trouble.Status(500, null));
  private static final Synced REFUSED = new Synced(new Trouble.Status(401, null));

  private final SyncReport report = new SyncReport(new ManualScheduler().clock());
  private final Troubles troubles = new Troubles(report, "http://127.0.0.1:3000");
  private final LogCapture log = LogCapture.everything();

  @AfterEach
  void close() {
    log.close();
  }

  private long told(String level) {
    return log.lines().stream().filter(line -> line.startsWith(level)).count();
  }

  @Test
  void aTroubleIsToldWhenItBeginsAndWhenItIsOver() {
    for (int i = 0; i < 5; i++) {
      troubles.flags(BROKEN);
    }
    assertThat(report.latest().problem()).contains("HTTP status 500");
    assertThat(report.latest().fatal()).isFalse();
    troubles.flags(Synced.DONE);
    troubles.flags(Synced.DONE);
    assertThat(report.latest().problem()).isNull();
    assertThat(told("WARN")).isEqualTo(1);
    assertThat(told("INFO")).isEqualTo(1);
  }

  @Test
  void flagsThatWorkDoNotHideASegmentThatDoesNot() {
    for (int i = 0; i < 5; i++) {
      troubles.flags(Synced.DONE);
      troubles.segment("beta", BROKEN);
      troubles.segment("vip", Synced.DONE);
    }
    assertThat(report.latest().problem())
        .isEqualTo(
            "Segments could not be synchronised ('beta': HTTP status 500 at http://127.0.0.1:3000);"
                + " what is known stays in force, and it is tried again.");
    assertThat(told("WARN")).isEqualTo(1);
    assertThat(told("INFO")).isZero();
    troubles.segment("beta", Synced.DONE);
    assertThat(report.latest().problem()).isNull();
  }

  @Test
  void aTroubleOfManySegmentsIsToldOnceAndInOneLine() {
    for (String name : new String[] {"a\nb", "second", "third"}) {
      troubles.segment(name, BROKEN);
    }
    assertThat(report.latest().problem()).contains("'a\\u000ab': HTTP status 500");
    troubles.segment("a\nb", Synced.DONE);
    assertThat(report.latest().problem()).contains("'second': HTTP status 500");
    assertThat(told("WARN")).isEqualTo(1);
  }

  @Test
  void anAddressThatIsTooLongIsToldByWhatItMeansForDefinitions() {
    Synced tooLong = new Synced(new Trouble.Status(414, null));
    troubles.flags(tooLong);
    assertThat(report.latest().problem()).endsWith("Definitions are not loaded.");
    troubles.flags(Synced.DONE);
    troubles.flags(tooLong);
    assertThat(report.latest().problem())
        .endsWith("What is known stays in force, and is not kept current.");
  }

  @Test
  void aSegmentThatIsNotUsedAnyMoreIsNoTrouble() {
    troubles.segment("beta", BROKEN);
    troubles.onlySegments(Set.of("vip"));
    troubles.flags(Synced.DONE);
    assertThat(report.latest().problem()).isNull();
  }

  @Test
  void aRefusedKeyNeedsAPerson() {
    troubles.flags(REFUSED);
    assertThat(report.latest().fatal()).isTrue();
    assertThat(report.latest().problem()).contains("refuses the SDK key", "401");
    assertThat(told("ERROR")).isEqualTo(1);
  }

  @Test
  void aTroubleThatLastsIsTriedAgainAfterMinutes() {
    for (Trouble lasting :
        new Trouble[] {
          new Trouble.Status(404, null),
          new Trouble.RefusedRedirect(302, "elsewhere"),
          new Trouble.Transport(Trouble.Kind.TOO_LARGE, "more than 5 bytes")
        }) {
      troubles.flags(new Synced(lasting));
      assertThat(report.latest().problem())
          .contains(lasting.toString())
          .endsWith("it is tried again every few minutes.");
    }
  }

  @Test
  void theOwnEndIsNoTrouble() {
    troubles.flags(new Synced(new Trouble.Transport(Trouble.Kind.CLOSED, "by this side")));
    assertThat(report.latest().problem()).isNull();
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aLivingStreamConfirmsWhatIsThereUnlessSomethingIsWrong() {
    troubles.alive();
    assertThat(report.latest().lastSuccess()).isNotNull();
    troubles.flags(BROKEN);
    troubles.alive();
    assertThat(report.latest().problem()).isNotNull();
  }
}
