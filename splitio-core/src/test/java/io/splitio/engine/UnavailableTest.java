package io.splitio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Evaluation;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.Key;
import io.splitio.flag.Allocation;
import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Hashing;
import io.splitio.flag.Relation;
import io.splitio.flag.Rollout;
import io.splitio.flag.RuleBasedSegment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What could not be had is guessed nowhere, and missed only where it decides something. */
class UnavailableTest {
  private static final Relation IN_SEGMENT = new Relation.InSegment("beta");

  private final Evaluator evaluator =
      new Evaluator(new Fallbacks(FallbackTreatments.none()), Mishaps.ignored());

  /** Nobody knows who is in which segment. */
  private static final class NothingTold implements Gathered {
    @Override
    public boolean inSegment(String segment, String key) {
      throw new UnavailableException("nobody said who is in " + segment);
    }

    @Override
    public Set<String> flagsIn(String flagSet) {
      return Set.of();
    }

    @Override
    public void confirmNoFlag(String name) {
      throw new UnavailableException("nobody said whether there is " + name);
    }

    @Override
    public void confirmNoRuleBasedSegment(String name) {
      throw new UnavailableException("nobody said whether there is " + name);
    }
  }

  private Evaluation asked(FeatureFlag outer, FeatureFlag... others) {
    Snapshot snapshot =
        Change.flags(List.of(others), List.of(), 1)
            .and(Change.ruleBasedSegments(List.of(ruled()), List.of(), 1))
            .applyTo(Snapshot.EMPTY)
            .with(new NothingTold());
    return evaluator.evaluate(snapshot, outer, Key.of("erin"), Map.of());
  }

  private static RuleBasedSegment ruled() {
    return RuleBasedSegment.of("rules", 1, Set.of(), List.of(IN_SEGMENT), List.of());
  }

  private static Condition on(FeatureFlag.Builder flag, Relation... relations) {
    List<Criterion> criteria =
        List.of(relations).stream()
            .<Criterion>map(relation -> new Criterion.OfRelation(relation, false))
            .toList();
    return new Condition(
        Condition.Type.ROLLOUT, null, criteria, new Rollout.Everyone(flag.outcome("on", null)));
  }

  private static FeatureFlag flag(String name, Relation decidedBy) {
    FeatureFlag.Builder flag = FeatureFlag.named(name).defaultTreatment("off").changeNumber(7);
    return flag.conditions(List.of(on(flag, decidedBy))).build();
  }

  private static FeatureFlag requiring(String name, String treatment) {
    FeatureFlag.Builder flag = FeatureFlag.named("outer").defaultTreatment("off").changeNumber(7);
    return flag.prerequisites(List.of(new Relation.InTreatment(name, List.of(treatment))))
        .conditions(List.of(on(flag)))
        .build();
  }

  @Test
  void aPrerequisiteWhoseSegmentIsNotToldIsNoAnswerAtAll() {
    FeatureFlag inner = flag("inner", IN_SEGMENT);

    assertThat(asked(requiring("inner", "on"), inner).label()).isEqualTo("exception");
    assertThat(asked(requiring("inner", "control"), inner).label()).isEqualTo("exception");
  }

  @Test
  void aPrerequisiteThatIsNotToldIsNoAnswerAtAll() {
    assertThat(asked(requiring("inner", "control")).label()).isEqualTo("exception");
  }

  @Test
  void aPrerequisiteOfAPrerequisiteIsNoAnswerEither() {
    FeatureFlag inner = flag("inner", IN_SEGMENT);
    FeatureFlag.Builder builder = FeatureFlag.named("middle").defaultTreatment("off");
    FeatureFlag middle =
        builder
            .prerequisites(List.of(new Relation.InTreatment("inner", List.of("on"))))
            .conditions(List.of(on(builder)))
            .build();

    assertThat(asked(requiring("middle", "off"), middle, inner).label()).isEqualTo("exception");
  }

  @Test
  void aRuleBasedSegmentWhoseExclusionIsNotToldIsNoAnswer() {
    FeatureFlag ruled = flag("ruled", new Relation.InRuleBasedSegment("rules"));

    assertThat(asked(ruled).label()).isEqualTo("exception");
    assertThat(asked(requiring("ruled", "off"), ruled).label()).isEqualTo("exception");
  }

  @Test
  void aPrerequisiteThatIsDecidedBeforeItsSegmentMattersIsAnswered() {
    FeatureFlag.Builder builder =
        FeatureFlag.named("inner")
            .defaultTreatment("off")
            .allocation(new Allocation(0, Hashing.MURMUR3, 1));
    FeatureFlag inner = builder.conditions(List.of(on(builder, IN_SEGMENT))).build();

    assertThat(asked(requiring("inner", "off"), inner).treatment()).isEqualTo("on");
    assertThat(asked(requiring("inner", "on"), inner).label()).isEqualTo("prerequisites not met");
  }
}
