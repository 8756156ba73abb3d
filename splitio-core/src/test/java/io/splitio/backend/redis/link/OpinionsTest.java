package io.splitio.backend.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.redis.settings.Address.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpinionsTest {
  private static final Node ONE = new Node("one", 26_379);
  private static final Node OTHER = new Node("other", 26_379);
  private static final Node THIRD = new Node("third", 26_379);
  private static final Node OLD = new Node("old", 6_379);
  private static final Node NEXT = new Node("next", 6_379);

  private final List<Node> told = new ArrayList<>();
  private final List<Node> agreed = new ArrayList<>();
  private final Opinions opinions = new Opinions(3, told::add, agreed::add);

  private void says(Node sentinel, Node master) {
    opinions.note(opinions.ask(), sentinel, master);
  }

  @Test
  void aSentinelThatNamesAnotherThanBeforeHasHeardOfAnElection() {
    says(ONE, OLD);
    says(ONE, OLD);
    says(ONE, NEXT);
    says(ONE, NEXT);

    assertThat(told).containsExactly(NEXT);
    assertThat(opinions.elected()).isEqualTo(NEXT);
  }

  @Test
  void aSentinelThatLivesInThePastUnseatsNobody() {
    says(ONE, NEXT);
    says(OTHER, OLD);
    says(ONE, NEXT);
    says(OTHER, OLD);

    assertThat(told).isEmpty();
    assertThat(opinions.elected()).isNull();
  }

  @Test
  void anAnswerThatALaterOneOfTheSameSentinelOvertookSaysNothing() {
    int late = opinions.ask();
    says(ONE, OLD);

    opinions.note(late, ONE, NEXT);

    assertThat(told).isEmpty();
    says(ONE, OLD);
    assertThat(told).isEmpty();
  }

  @Test
  void anAnswerThatThatOfAnotherSentinelOvertookTellsOfAnElection() {
    says(ONE, OLD);
    int late = opinions.ask();
    says(OTHER, OLD);

    opinions.note(late, ONE, NEXT);

    assertThat(told).containsExactly(NEXT);
  }

  @Test
  void anAnswerFromBeforeAnElectionDoesNotUndoIt() {
    says(ONE, NEXT);
    says(OTHER, OLD);
    int late = opinions.ask();
    says(OTHER, NEXT);

    opinions.note(late, ONE, OLD);

    assertThat(told).containsExactly(NEXT);
    assertThat(opinions.elected()).isEqualTo(NEXT);
  }

  @Test
  void whatAnElectionOvertookIsHeardWhenItIsSaidAgain() {
    says(ONE, OLD);
    says(OTHER, OLD);
    int late = opinions.ask();
    says(OTHER, NEXT);

    opinions.note(late, ONE, THIRD);
    assertThat(told).containsExactly(NEXT);

    says(ONE, THIRD);
    assertThat(told).containsExactly(NEXT, THIRD);
  }

  @Test
  void aSentinelThatIsSilentIsNoneOfMost() {
    says(ONE, OLD);
    says(OTHER, OLD);
    says(THIRD, NEXT);
    agreed.clear();

    opinions.silent(ONE);
    says(OTHER, OLD);
    assertThat(agreed).isEmpty();
    assertThat(opinions.elect(OLD)).isFalse();

    says(ONE, OLD);
    assertThat(agreed).containsExactly(OLD);
  }

  @Test
  void aSentinelThatWasSilentMayHaveHeardOfAnElectionMeanwhile() {
    says(ONE, OLD);
    opinions.silent(ONE);
    says(ONE, NEXT);

    assertThat(told).containsExactly(NEXT);
  }

  @Test
  void whoWasElectedAndProvedToBeNoMasterIsForgotten() {
    says(ONE, OLD);
    says(ONE, NEXT);

    opinions.failed(OLD);
    assertThat(opinions.elected()).isEqualTo(NEXT);
    opinions.failed(NEXT);
    assertThat(opinions.elected()).isNull();
  }

  @Test
  void whomMostNameIsToldOfAndElectedByWhoeverReachedHim() {
    says(ONE, OLD);
    says(OTHER, NEXT);
    assertThat(agreed).isEmpty();
    assertThat(opinions.elect(NEXT)).isFalse();

    says(THIRD, NEXT);

    assertThat(agreed).containsExactly(NEXT);
    assertThat(opinions.elected()).isNull();
    assertThat(opinions.elect(NEXT)).isTrue();
    assertThat(opinions.elected()).isEqualTo(NEXT);
    says(ONE, OLD);
    assertThat(agreed).containsExactly(NEXT);
  }

  @Test
  void whoeverIsElectedStaysSoUntilTheOthersHaveHadTheTimeToHearOfIt() {
    says(ONE, OLD);
    says(OTHER, OLD);
    says(THIRD, OLD);
    agreed.clear();
    says(ONE, NEXT);

    for (int i = 0; i < 5; i++) {
      says(OTHER, OLD);
      says(THIRD, OLD);
    }
    assertThat(agreed).isEmpty();
    assertThat(opinions.elect(OLD)).isFalse();

    for (int i = 0; i < 15; i++) {
      says(OTHER, OLD);
      says(THIRD, OLD);
    }
    assertThat(agreed).contains(OLD);
  }

  @Test
  void whomMostNameIsToldOfAgainWhereTheElectedOneFailed() {
    says(ONE, OLD);
    says(OTHER, OLD);
    says(THIRD, OLD);
    says(OTHER, NEXT);
    says(THIRD, NEXT);
    agreed.clear();

    opinions.failed(NEXT);
    says(ONE, OLD);
    assertThat(agreed).isEmpty();
    says(OTHER, NEXT);

    assertThat(agreed).containsExactly(NEXT);
  }
}
