package io.splitio.codec;

import static io.splitio.codec.Generated.array;
import static io.splitio.codec.Generated.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.flag.Allocation;
import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Hashing;
import io.splitio.flag.Relation;
import io.splitio.flag.Rollout;
import io.splitio.flag.RuleBasedSegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is written in the service's format is read as what it says. */
class DefinitionRoundTripTest {
  private static final ChangesReader READER =
      new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE);

  /** A condition as JSON, and what it needs to be compiled by hand. */
  private record Rule(
      String json,
      Condition.Type type,
      String label,
      List<Criterion> criteria,
      List<String> treatments,
      List<Integer> sizes) {}

  @Property(tries = 500)
  void aFlagIsReadAsItWasWritten(@ForAll long seed) throws IOException {
    Generated generated = new Generated(seed);
    List<Rule> rules = rules(generated);
    Map<String, String> configs = new HashMap<>();
    // a lone surrogate is accepted in values and refused in names
    generated.words().stream()
        .filter(treatment -> !treatment.equals("\uD83D"))
        .forEach(treatment -> configs.put(treatment, generated.word()));
    int algo = generated.number(3);
    int bucketSeed = generated.anyInt();
    List<Relation.InTreatment> prerequisites = new ArrayList<>();
    generated
        .words()
        .forEach(flag -> prerequisites.add(new Relation.InTreatment(flag, generated.words())));
    FeatureFlag.Builder builder =
        FeatureFlag.named(generated.word())
            .trafficType(generated.number(3) == 0 ? null : generated.word())
            .killed(generated.number(2) == 0)
            .defaultTreatment(generated.word())
            .changeNumber(generated.anyInt())
            .allocation(
                new Allocation(generated.number(120) - 10, Hashing.of(algo), generated.anyInt()))
            .configs(configs)
            .sets(Set.copyOf(generated.words()))
            .impressionsDisabled(generated.number(2) == 0)
            .prerequisites(prerequisites);
    builder.conditions(
        rules.stream().map(rule -> condition(builder, rule, algo, bucketSeed)).toList());
    FeatureFlag expected = builder.build();

    String json = json(generated, expected, rules, algo, bucketSeed);
    String document = "{\"ff\":{\"d\":[" + json + "],\"s\":1,\"t\":2}}";

    assertThat(READER.read(document).flags().active()).containsExactly(expected);
    assertThat(READER.read(document.getBytes(StandardCharsets.UTF_8)).flags().active())
        .containsExactly(expected);
  }

  @Property(tries = 300)
  void aRuleBasedSegmentIsReadAsItWasWritten(@ForAll long seed) throws IOException {
    Generated generated = new Generated(seed);
    List<Rule> rules = rules(generated);
    Set<String> keys = Set.copyOf(generated.words());
    List<Relation> excluded = new ArrayList<>();
    generated.words().forEach(name -> excluded.add(new Relation.InSegment(name)));
    String segments =
        String.join(
            ",",
            excluded.stream()
                .map(relation -> text(((Relation.InSegment) relation).segment()))
                .map(name -> "{\"type\":\"standard\",\"name\":" + name + "}")
                .toList());
    String name = generated.word();
    String json =
        generated.object(
            List.of(
                "\"name\":" + text(name),
                "\"status\":\"ACTIVE\"",
                "\"changeNumber\":17",
                "\"excluded\":{\"keys\":" + array(keys) + ",\"segments\":[" + segments + "]}",
                conditions(rules)));

    RuleBasedSegment read =
        READER.read("{\"rbs\":{\"d\":[" + json + "]}}").ruleBasedSegments().active().get(0);

    assertThat(read.name()).isEqualTo(name);
    assertThat(read.excludedKeys()).isEqualTo(keys);
    assertThat(read.excluded()).isEqualTo(excluded);
    assertThat(read.conditions())
        .extracting(Condition::criteria)
        .isEqualTo(rules.stream().map(Rule::criteria).toList());
  }

  private static List<Rule> rules(Generated generated) {
    List<Rule> rules = new ArrayList<>();
    for (int i = generated.number(4); i > 0; i--) {
      rules.add(rule(generated));
    }
    return rules;
  }

  private static Rule rule(Generated generated) {
    List<Generated.Rule> matchers = new ArrayList<>();
    for (int i = 1 + generated.number(3); i > 0; i--) {
      matchers.add(generated.rule());
    }
    boolean rollout = generated.number(2) == 0;
    String label = generated.word();
    List<String> treatments = generated.words();
    List<Integer> sizes = treatments.stream().map(treatment -> generated.number(101)).toList();
    List<String> partitions = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      partitions.add(
          generated.object(
              List.of("\"treatment\":" + text(treatments.get(i)), "\"size\":" + sizes.get(i))));
    }
    String group =
        "{\"combiner\":\"AND\",\"matchers\":["
            + String.join(",", matchers.stream().map(Generated.Rule::json).toList())
            + "]}";
    String json =
        generated.object(
            List.of(
                "\"conditionType\":\"" + (rollout ? "ROLLOUT" : "WHITELIST") + "\"",
                "\"label\":" + text(label),
                "\"matcherGroup\":" + group,
                "\"partitions\":[" + String.join(",", partitions) + "]"));
    return new Rule(
        json,
        rollout ? Condition.Type.ROLLOUT : Condition.Type.WHITELIST,
        label,
        matchers.stream().map(Generated.Rule::compiled).toList(),
        treatments,
        sizes);
  }

  private static Condition condition(
      FeatureFlag.Builder flag, Rule rule, int algo, int bucketSeed) {
    List<Rollout.Share> shares = new ArrayList<>();
    for (int i = 0; i < rule.sizes.size(); i++) {
      shares.add(
          new Rollout.Share(flag.outcome(rule.treatments.get(i), rule.label), rule.sizes.get(i)));
    }
    Rollout rollout =
        Rollout.of(Hashing.of(algo), bucketSeed, shares, flag.outcome("control", rule.label));
    return new Condition(rule.type, rule.label, rule.criteria, rollout);
  }

  private static String conditions(List<Rule> rules) {
    return "\"conditions\":[" + String.join(",", rules.stream().map(Rule::json).toList()) + "]";
  }

  private static String json(
      Generated generated, FeatureFlag flag, List<Rule> rules, int algo, int bucketSeed) {
    List<String> fields = new ArrayList<>();
    fields.add("\"name\":" + text(flag.name()));
    fields.add("\"status\":\"ACTIVE\"");
    fields.add(
        "\"trafficTypeName\":" + (flag.trafficType() == null ? "null" : text(flag.trafficType())));
    fields.add("\"killed\":" + flag.killed());
    fields.add("\"defaultTreatment\":" + text(flag.defaultTreatment()));
    fields.add("\"changeNumber\":" + flag.changeNumber());
    fields.add("\"algo\":" + algo);
    fields.add("\"seed\":" + bucketSeed);
    fields.add("\"trafficAllocation\":" + flag.allocation().percent());
    fields.add("\"trafficAllocationSeed\":" + flag.allocation().seed());
    fields.add("\"sets\":" + array(flag.sets()));
    fields.add("\"impressionsDisabled\":" + flag.impressionsDisabled());
    List<String> configs = new ArrayList<>();
    flag.configs().forEach((key, value) -> configs.add(text(key) + ":" + text(value)));
    fields.add("\"configurations\":{" + String.join(",", configs) + "}");
    List<String> prerequisites = new ArrayList<>();
    for (Relation.InTreatment one : flag.prerequisites()) {
      prerequisites.add("{\"n\":" + text(one.flag()) + ",\"ts\":" + array(one.treatments()) + "}");
    }
    fields.add("\"prerequisites\":[" + String.join(",", prerequisites) + "]");
    fields.add(conditions(rules));
    return generated.object(fields);
  }
}
