package io.splitio.backend.split;

import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.split.stream.Notification.Kill;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import io.splitio.testing.JsonText;
import io.splitio.testing.LogCapture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page does to what is there: protocol specification 2.3 to 2.7, A.5 and 6.7. */
class PagesTest {
  private final SnapshotStore store = new SnapshotStore((before, after) -> {});
  private final Telemetry telemetry = new Telemetry();
  private Pages pages = new Pages(store, Set.of(), telemetry);

  private void apply(String document) throws IOException {
    pages.apply(new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE).read(document));
  }

  private void flags(long since, long till, Object... flags) throws IOException {
    apply(
        "{\"ff\":{\"s\":"
            + since
            + ",\"t\":"
            + till
            + ",\"d\":"
            + JsonText.of(List.of(flags))
            + "}}");
  }

  private void ruleBased(long since, long till, Object... segments) throws IOException {
    apply(
        "{\"rbs\":{\"s\":"
            + since
            + ",\"t\":"
            + till
            + ",\"d\":"
            + JsonText.of(List.of(segments))
            + "}}");
  }

  private static Map<String, Object> version(String name, long changeNumber) {
    return with(flag(name), "changeNumber", changeNumber);
  }

  private String versions() {
    return store.current().flagsTill() + "/" + store.current().ruleBasedTill();
  }

  private void atTenAndFive() throws IOException {
    flags(-1, 10, version("a", 10));
    ruleBased(-1, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"ff\":{\"s\":10,\"t\":10,\"d\":[]},\"rbs\":{\"s\":5,\"t\":5,\"d\":[]}} | 10/5",
        "{\"ff\":{\"s\":10,\"t\":12,\"d\":null}} | 12/5",
        "{\"ff\":{\"s\":10,\"t\":8,\"d\":[]},\"rbs\":{\"s\":5,\"t\":7,\"d\":[]}} | 10/7",
        "{\"ff\":{\"s\":10,\"t\":11,\"d\":[]},\"rbs\":{\"s\":5,\"t\":3,\"d\":[]}} | 11/5",
        "{\"since\":10,\"till\":12,\"splits\":[]} | 12/5",
        "{\"ff\":{\"s\":10,\"d\":[]},\"rbs\":null} | 10/5",
        "{\"ff\":{},\"rbs\":{}} | 10/5",
        "{} | 10/5",
      })
  void versionsMoveForwardEachOnItsOwn(String document, String expected) throws IOException {
    atTenAndFive();
    apply(document);
    assertThat(versions()).isEqualTo(expected);
  }

  @Test
  void anOlderBlockChangesNothing() throws IOException {
    atTenAndFive();
    flags(5, 9, version("b", 9), with(version("a", 9), "status", "ARCHIVED"));
    assertThat(store.current().flag("b")).isNull();
    assertThat(store.current().flag("a")).isNotNull();
  }

  @Test
  void anArchivedFlagIsRemovedWhateverElseItSays() throws IOException {
    atTenAndFive();
    flags(
        10,
        11,
        with(with(with(flag("a"), "status", "ARCHIVED"), "seed", "x"), "conditions", "none"),
        with(flag("neverSeen"), "status", "ARCHIVED"));
    assertThat(store.current().flag("a")).isNull();
    assertThat(versions()).isEqualTo("11/5");
  }

  @Test
  void aFlagThatLeftTheSetsIsRemoved() throws IOException {
    pages = new Pages(store, Set.of("web", "ios"), telemetry);
    flags(-1, 10, with(flag("a"), "sets", List.of("web", "x")), with(flag("b"), "sets", List.of()));
    assertThat(store.current().flag("a")).isNotNull();
    assertThat(store.current().flag("b")).isNull();
    flags(10, 11, with(flag("a"), "sets", List.of("x")));
    assertThat(store.current().flag("a")).isNull();
  }

  @Test
  void flagsAndTheirRuleBasedSegmentsArriveInOneStep() throws IOException {
    int[] steps = new int[1];
    SnapshotStore watched =
        new SnapshotStore(
            (before, after) -> {
              steps[0]++;
              assertThat(after.flag("a")).isNotNull();
              assertThat(after.ruleBasedSegment("s")).isNotNull();
            });
    pages = new Pages(watched, Set.of(), telemetry);
    apply(
        "{\"ff\":{\"s\":-1,\"t\":1,\"d\":["
            + JsonText.of(flag("a"))
            + "]},\"rbs\":{\"s\":-1,\"t\":1,\"d\":["
            + JsonText.of(JsonText.ruleBasedSegment("s", List.of(), List.of()))
            + "]}}");
    assertThat(steps[0]).isEqualTo(1);
  }

  @Test
  void aBadDefinitionSpoilsNothingElseAndIsToldInOneLine() throws IOException {
    try (LogCapture log = LogCapture.warnings()) {
      flags(-1, 10, with(flag("bad\nINFO forged \u001b[2J"), "conditions", 7), version("good", 10));
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("ERROR")
          .doesNotContain("\n")
          .doesNotContain("\u001b");
    }
    assertThat(store.current().flag("good")).isNotNull();
    assertThat(versions()).isEqualTo("10/-1");
    assertThat(telemetry.total(Counter.BAD_DEFINITIONS)).isEqualTo(1);
  }

  @Test
  void aKillActsAtOnceAndMovesNoVersion() throws IOException {
    atTenAndFive();
    pages.kill(new Kill(20, "a", "hide"));
    assertThat(store.current().flag("a").killed()).isTrue();
    assertThat(store.current().flag("a").defaultTreatment()).isEqualTo("hide");
    assertThat(store.current().flag("a").changeNumber()).isEqualTo(20);
    assertThat(versions()).isEqualTo("10/5");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 9, 10})
  void aKillThatIsNoNewsIsIgnored(long changeNumber) throws IOException {
    atTenAndFive();
    Snapshot before = store.current();
    pages.kill(new Kill(changeNumber, "a", "hide"));
    pages.kill(new Kill(99, "unknown", "hide"));
    assertThat(store.current()).isSameAs(before);
  }

  @Test
  void aKillIsNotUndoneByAPageThatWasUnderWay() throws IOException {
    atTenAndFive();
    pages.kill(new Kill(20, "a", "hide"));
    flags(10, 15, version("a", 15), version("b", 15));
    assertThat(store.current().flag("a").killed()).isTrue();
    assertThat(store.current().flag("b")).isNotNull();
    assertThat(versions()).isEqualTo("15/5");
  }

  @Test
  void aKillIsUndoneByALaterChange() throws IOException {
    atTenAndFive();
    pages.kill(new Kill(20, "a", "hide"));
    flags(10, 21, version("a", 21));
    assertThat(store.current().flag("a").killed()).isFalse();
  }

  @Test
  void aPageBeyondTheKillIsRightEvenIfItsFlagHasALowerNumber() throws IOException {
    atTenAndFive();
    pages.kill(new Kill(20, "a", "hide"));
    flags(10, 20, with(version("a", 19), "killed", true));
    assertThat(store.current().flag("a").changeNumber()).isEqualTo(19);
  }

  @Test
  void aReplacementLeavesNothingOldAndIsOneStep() throws IOException {
    atTenAndFive();
    ruleBased(5, 6, JsonText.ruleBasedSegment("old", List.of(), List.of()));
    var reader = new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE);
    Snapshot received =
        pages.after(
            reader.read("{\"ff\":{\"s\":-1,\"t\":9,\"d\":[" + JsonText.of(version("b", 9)) + "]}}"),
            Snapshot.EMPTY);
    received =
        pages.after(
            reader.read(
                "{\"ff\":{\"s\":-1,\"t\":30,\"d\":[]},\"rbs\":{\"s\":-1,\"t\":7,\"d\":[]}}"),
            received);
    assertThat(pages.replace(received)).isTrue();
    assertThat(store.current().flag("a")).isNull();
    assertThat(store.current().flag("b")).isNotNull();
    assertThat(store.current().ruleBasedSegmentCount()).isZero();
    assertThat(versions()).isEqualTo("30/7");
  }

  @Test
  void aReplacementThatIsOlderIsNone() throws IOException {
    atTenAndFive();
    Snapshot before = store.current();
    assertThat(pages.replace(Snapshot.EMPTY)).isFalse();
    assertThat(store.current()).isSameAs(before);
  }
}
