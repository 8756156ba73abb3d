package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Evaluation;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class WorkedExampleTest {
  private final WorkedExample example = new WorkedExample();

  @ParameterizedTest
  @CsvFileSource(resources = "/featbit/expected.csv", delimiter = '|')
  void aUserGetsTheVariationOfTheTable(
      String messages, String user, String flag, String id, String reason, boolean experiment) {
    example.take(resource("full.json"));
    if (messages.equals("patch")) {
      example.take(resource("patch.json"));
    }
    Evaluation evaluation = example.evaluate(user, flag);
    assertThat(evaluation.label()).isEqualTo(reason);
    assertThat(Objects.requireNonNull(evaluation.variation()).id()).isEqualTo(id);
    assertThat(evaluation.variation().experiment()).isEqualTo(experiment);
  }

  @Test
  void aTreatmentIsTheValueAsText() {
    example.take(resource("full.json"));
    assertThat(example.evaluate("alice", "checkout-redesign").treatment()).isEqualTo("true");
    assertThat(example.evaluate("ivan", "banner-text").treatment()).isEqualTo("Bonjour");
    assertThat(example.evaluate("ivan", "rate-limit").treatment()).isEqualTo("25");
    assertThat(example.evaluate("ivan", "rate-limit").config()).isNull();
  }

  @Test
  void theVersionIsThatOfTheNewestItem() {
    example.take(resource("full.json"));
    assertThat(example.versions.version()).isEqualTo(1740823207500L);
    assertThat(Objects.requireNonNull(flag("checkout-redesign")).changeNumber())
        .isEqualTo(1740823200123L);
    example.take(resource("patch.json"));
    assertThat(example.versions.version()).isEqualTo(1740902412250L);
  }

  @Test
  void aPatchChangesWhatIsNewerAndWhatDependsOnIt() {
    example.take(resource("full.json"));
    Snapshot before = example.store.current();
    example.take(resource("patch.json"));
    assertThat(example.store.current().flagsChangedSince(before))
        .containsExactlyInAnyOrder("rate-limit", "banner-text", "checkout-redesign");
    assertThat(flag("banner-text")).isNull();
    assertThat(Objects.requireNonNull(flag("checkout-redesign")).killed()).isFalse();
  }

  @Test
  void theSamePatchAgainBringsNothingNew() {
    example.take(resource("full.json"));
    assertThat(example.take(resource("patch.json"))).isTrue();
    assertThat(example.take(resource("patch.json"))).isFalse();
  }

  @Test
  void anOlderFullSetIsIgnored() {
    example.take(resource("full.json"));
    example.take(resource("patch.json"));
    assertThat(example.take(resource("full.json"))).isFalse();
    assertThat(flag("banner-text")).isNull();
  }

  @Test
  void anOlderCopyDoesNotReviveAnArchivedFlagAndANewerOneDoes() {
    example.take(resource("full.json"));
    example.take(resource("patch.json"));
    String copy = resource("full.json").replace("\"full\"", "\"patch\"");
    example.take(copy);
    assertThat(flag("banner-text")).isNull();
    example.take(copy.replace("2025-03-01T10:00:05Z", "2025-03-02T08:00:12.251Z"));
    assertThat(flag("banner-text")).isNotNull();
  }

  @Test
  void aPatchBeforeTheFullSetIsIgnored() {
    assertThat(example.take(resource("patch.json"))).isFalse();
    assertThat(example.versions.version()).isZero();
  }

  private @Nullable FeatureFlag flag(String name) {
    return example.store.current().flag(name);
  }
}
