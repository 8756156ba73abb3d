package io.splitio.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.testing.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each trouble is told once, and none in the place of another. */
class TroublesTest {
  private final LogCapture log = LogCapture.warnings();
  private final InputCheck check = new InputCheck(Troubles.told(), "getTreatment");

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void theSameTroubleIsToldOnce() {
    for (int i = 0; i < 3; i++) {
      check.flagName("a b");
    }

    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("ERROR getTreatment: flag name 'a b' is not valid");
  }

  @Test
  void eachOfManyIsToldOnce() {
    for (int i = 0; i < 2_700; i++) {
      check.flagName("bad name " + i % 900);
    }

    assertThat(log.lines()).hasSize(900).doesNotHaveDuplicates();
  }

  @Test
  void manyBadNamesDoNotSilenceAnotherTrouble() {
    for (int i = 0; i < 1_100; i++) {
      check.flagName("bad name " + i);
    }
    assertThat(log.lines()).hasSize(1_000);

    check.isKey(null, "matchingKey");
    check.isKey("", "matchingKey");
    check.isKey("k".repeat(251), "matchingKey");

    assertThat(log.lines().subList(1_000, 1_003))
        .containsExactly(
            "ERROR getTreatment: matchingKey is null; it must have 1 to 250 characters",
            "ERROR getTreatment: matchingKey is empty; it must have 1 to 250 characters",
            "ERROR getTreatment: matchingKey has 251 characters; it must have 1 to 250 characters");
  }

  @Test
  void eachMethodTellsItsOwn() {
    Troubles troubles = Troubles.told();
    new InputCheck(troubles, "getTreatment").isKey(null, "matchingKey");
    new InputCheck(troubles, "track").isKey(null, "key");

    assertThat(log.lines())
        .extracting(line -> line.substring(0, line.indexOf(" is")))
        .containsExactly("ERROR getTreatment: matchingKey", "ERROR track: key");
  }
}
