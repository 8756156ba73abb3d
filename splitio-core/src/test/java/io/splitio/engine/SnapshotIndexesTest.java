package io.splitio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Relation;
import io.splitio.flag.Rollout;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.flag.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What follows from the definitions is the same however they came about. */
class SnapshotIndexesTest {
  private static final int NAMES = 12;

  @Property(tries = 200)
  void indexesEqualThoseOfASnapshotMadeAtOnce(@ForAll long seed) {
    Random random = new Random(seed);
    Snapshot grown = Snapshot.EMPTY;
    for (int i = 0; i < 60; i++) {
      grown = change(random).applyTo(grown);
    }
    Snapshot atOnce = atOnce(grown);

    for (int i = 0; i < 5; i++) {
      assertThat(grown.flagsIn("set" + i)).isEqualTo(atOnce.flagsIn("set" + i));
      assertThat(grown.hasTrafficType("type" + i)).isEqualTo(atOnce.hasTrafficType("type" + i));
    }
    assertThat(grown.segmentsInUse()).isEqualTo(atOnce.segmentsInUse());
    assertThat(grown.flagCount()).isEqualTo(atOnce.flagCount());
    assertThat(grown.ruleBasedSegmentCount()).isEqualTo(atOnce.ruleBasedSegmentCount());
  }

  @Property(tries = 200)
  void changedFlagsAreThoseThatDifferAndAllThatLeadToThem(@ForAll long seed) {
    Random random = new Random(seed);
    Snapshot before = Snapshot.EMPTY;
    for (int i = 0; i < 40; i++) {
      before = change(random).applyTo(before);
    }
    Snapshot after = before;
    for (int i = random.nextInt(4); i >= 0; i--) {
      after = change(random).applyTo(after);
    }

    assertThat(after.flagsChangedSince(before)).isEqualTo(expectedChanges(before, after));
  }

  @Test
  void puttingAnEqualFlagIsNoChange() {
    Change change = Change.flags(List.of(flag(new Random(1), "f1")), List.of(), 3);
    Change equal = Change.flags(List.of(flag(new Random(1), "f1")), List.of(), 3);
    Snapshot snapshot = change.applyTo(Snapshot.EMPTY);

    assertThat(equal.applyTo(snapshot)).isSameAs(snapshot);
  }

  @Test
  void onlyTheGivenFlagsStay() {
    Snapshot before =
        Change.flags(List.of(flag(new Random(1), "a"), flag(new Random(2), "b")), List.of(), 3)
            .applyTo(Snapshot.EMPTY);
    Snapshot after = Change.onlyFlags(List.of(flag(new Random(2), "b")), 4).applyTo(before);

    assertThat(after.flag("a")).isNull();
    assertThat(after.flag("b")).isSameAs(before.flag("b"));
    assertThat(after.flagsTill()).isEqualTo(4);
  }

  @SuppressWarnings(
      "ReferenceEquality") // an equal definition that was put again keeps its instance
  private static Set<String> expectedChanges(Snapshot before, Snapshot after) {
    Set<String> changed = new HashSet<>();
    for (int i = 0; i < NAMES; i++) {
      String name = String.valueOf(i);
      mark(before.flag("f" + i) != after.flag("f" + i), "f" + name, changed);
      mark(
          before.ruleBasedSegment("r" + i) != after.ruleBasedSegment("r" + i), "r" + name, changed);
      mark(before.segment("s" + i) != after.segment("s" + i), "s" + name, changed);
    }
    int size;
    do {
      size = changed.size();
      for (int i = 0; i < NAMES; i++) {
        FeatureFlag flag = after.flag("f" + i);
        RuleBasedSegment rules = after.ruleBasedSegment("r" + i);
        if (flag != null) {
          mark(leadsTo(changed, flag.prerequisites(), flag.conditions()), "f" + i, changed);
        }
        if (rules != null) {
          mark(leadsTo(changed, rules.excluded(), rules.conditions()), "r" + i, changed);
        }
      }
    } while (changed.size() > size);
    changed.removeIf(name -> !name.startsWith("f"));
    return changed;
  }

  private static boolean leadsTo(
      Set<String> changed, List<? extends Relation> relations, List<Condition> conditions) {
    List<Relation> all = new ArrayList<>(relations);
    for (Condition condition : conditions) {
      all.add(((Criterion.OfRelation) condition.criteria().get(0)).relation());
    }
    return all.stream().anyMatch(relation -> changed.contains(target(relation)));
  }

  private static String target(Relation relation) {
    if (relation instanceof Relation.InSegment asked) {
      return asked.segment();
    }
    return relation instanceof Relation.InRuleBasedSegment asked
        ? asked.segment()
        : ((Relation.InTreatment) relation).flag();
  }

  private static void mark(boolean is, String name, Set<String> names) {
    if (is) {
      names.add(name);
    }
  }

  private static Change change(Random random) {
    int index = random.nextInt(NAMES);
    return switch (random.nextInt(6)) {
      case 0 -> Change.flags(List.of(), List.of("f" + index), random.nextInt(9));
      case 1, 2 -> Change.flags(List.of(flag(random, "f" + index)), List.of(), random.nextInt(9));
      case 3 -> Change.ruleBasedSegments(List.of(), List.of("r" + index), random.nextInt(9));
      case 4 -> Change.ruleBasedSegments(List.of(rules(random, "r" + index)), List.of(), 1);
      default ->
          random.nextInt(4) == 0
              ? Change.withoutSegments(List.of("s" + index))
              : Change.segments(
                  List.of(new Segment("s" + index, Set.of("k" + random.nextInt(3)), 1)));
    };
  }

  private static FeatureFlag flag(Random random, String name) {
    Set<String> sets = new TreeSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      sets.add("set" + random.nextInt(5));
    }
    FeatureFlag.Builder flag =
        FeatureFlag.named(name)
            .trafficType(random.nextInt(4) == 0 ? null : "type" + random.nextInt(5))
            .changeNumber(random.nextInt(3))
            .sets(sets);
    return flag.conditions(conditions(random, flag)).build();
  }

  private static RuleBasedSegment rules(Random random, String name) {
    List<Relation> excluded =
        random.nextBoolean()
            ? List.of(new Relation.InSegment("s" + random.nextInt(NAMES)))
            : List.of();
    return RuleBasedSegment.of(
        name, random.nextInt(3), Set.of(), excluded, conditions(random, FeatureFlag.named(name)));
  }

  private static List<Condition> conditions(Random random, FeatureFlag.Builder flag) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      conditions.add(
          new Condition(
              Condition.Type.ROLLOUT,
              null,
              List.of(new Criterion.OfRelation(relation(random), false)),
              new Rollout.Everyone(flag.outcome("on", null))));
    }
    return conditions;
  }

  private static Relation relation(Random random) {
    int index = random.nextInt(NAMES);
    return switch (random.nextInt(3)) {
      case 0 -> new Relation.InSegment("s" + index);
      case 1 -> new Relation.InRuleBasedSegment("r" + index);
      default -> new Relation.InTreatment("f" + index, List.of("on"));
    };
  }

  private static Snapshot atOnce(Snapshot grown) {
    List<FeatureFlag> flags = new ArrayList<>();
    List<RuleBasedSegment> rules = new ArrayList<>();
    grown.forEachFlag(flags::add);
    grown.forEachRuleBasedSegment(rules::add);
    return Change.flags(flags, List.of(), 1)
        .and(Change.ruleBasedSegments(rules, List.of(), 1))
        .applyTo(Snapshot.EMPTY);
  }
}
