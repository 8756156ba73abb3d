package io.splitio.soak.rig;

import io.splitio.engine.Snapshot;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: changes a cloud at random, and knows by itself what everybody must be served then.
 * For one thread.
 */
public final class Landscape {
  /** The flags that are always there. */
  public static final int STEADY = 30;

  private static final int FLAGS = 40;
  private static final int SEGMENTS = 6;
  private static final int RULE_BASED = 4;
  private static final int KEYS = 60;

  private final SplitCloud cloud;
  private final Random random;
  private final Map<String, Rule> flags = new TreeMap<>();
  private final Map<String, Set<String>> segments = new TreeMap<>();
  private final Map<String, Members> ruleBased = new TreeMap<>();
  private long changes;

  /** What a flag says. */
  private record Rule(long number, boolean gone, boolean killed, String everybody, String defect) {}

  /** Who is in a rule-based segment. */
  private record Members(long number, String key) {}

  /** A cloud of 40 flags, 6 segments and 4 rule-based segments. */
  public Landscape(SplitCloud cloud, Random random) {
    this.cloud = cloud;
    this.random = random;
    for (int i = 0; i < SEGMENTS; i++) {
      segments.put("s" + i, new TreeSet<>());
      enter("s" + i, "u" + i);
    }
    for (int i = 0; i < RULE_BASED; i++) {
      putRuleBased("r" + i);
    }
    for (int i = 0; i < FLAGS; i++) {
      putFlag("f" + i);
    }
  }

  /** The flag of this number, from 0 to 39. */
  public static String flag(int number) {
    return "f" + number;
  }

  /** The key of this number, from 0 to 59. */
  public static String key(int number) {
    return "u" + number;
  }

  /** How many changes were made. */
  public long changes() {
    return changes;
  }

  /** Changes something. */
  public void change() {
    changes++;
    int what = random.nextInt(100);
    if (what < 40) {
      putFlag(anyFlag());
    } else if (what < 50) {
      kill(anyFlag());
    } else if (what < 55) {
      archive("f" + (STEADY + random.nextInt(FLAGS - STEADY)));
    } else if (what < 85) {
      turnSegment();
    } else {
      putRuleBased("r" + random.nextInt(RULE_BASED));
    }
  }

  /** Changes one flag, one segment and one rule-based segment. */
  public void changeAll() {
    changes += 3;
    putFlag("f" + random.nextInt(STEADY));
    turnSegment();
    putRuleBased("r" + random.nextInt(RULE_BASED));
  }

  private String anyFlag() {
    return "f" + random.nextInt(FLAGS);
  }

  private String anyKey() {
    return "u" + random.nextInt(KEYS);
  }

  private void putFlag(String name) {
    int number = Integer.parseInt(name.substring(1));
    String everybody = "v" + random.nextInt(1000);
    Flag flag =
        Flag.named(name)
            .inRuleBasedSegment("r" + number % RULE_BASED, "rule")
            .inSegment("s" + number % SEGMENTS, "in")
            .otherwise(everybody);
    flags.put(name, new Rule(cloud.flags().put(flag), false, false, everybody, "dead"));
  }

  private void kill(String name) {
    Rule rule = flags.get(name);
    if (!rule.gone) {
      String defect = "dead" + random.nextInt(10);
      long number = cloud.flags().kill(name, defect);
      flags.put(name, new Rule(number, false, true, rule.everybody, defect));
    }
  }

  private void archive(String name) {
    Rule rule = flags.get(name);
    if (!rule.gone) {
      flags.put(name, new Rule(cloud.flags().archive(name), true, false, "", ""));
    }
  }

  private void turnSegment() {
    String name = "s" + random.nextInt(SEGMENTS);
    String key = anyKey();
    if (segments.get(name).remove(key)) {
      cloud.segment(name).remove(key);
    } else {
      enter(name, key);
    }
  }

  private void enter(String name, String key) {
    segments.get(name).add(key);
    cloud.segment(name).add(key);
  }

  private void putRuleBased(String name) {
    String key = anyKey();
    RuleBasedSegment segment = RuleBasedSegment.named(name).keys(key, "v" + key);
    ruleBased.put(name, new Members(cloud.ruleBasedSegments().put(segment), key));
  }

  /** What a key must be served. */
  public String expected(String key, String flag) {
    Rule rule = flags.get(flag);
    if (rule.gone) {
      return "control";
    }
    if (rule.killed) {
      return rule.defect;
    }
    int number = Integer.parseInt(flag.substring(1));
    if (ruleBased.get("r" + number % RULE_BASED).key.equals(key)) {
      return "rule";
    }
    return segments.get("s" + number % SEGMENTS).contains(key) ? "in" : rule.everybody;
  }

  /** In what an instance differs from the cloud; it answers for a key and a flag. */
  public List<String> differences(Snapshot held, BiFunction<String, String, String> answers) {
    List<String> found = new ArrayList<>();
    flags.forEach((name, rule) -> compare(found, held.flag(name), name, rule));
    ruleBased.forEach(
        (name, members) -> {
          var there = held.ruleBasedSegment(name);
          if (there == null || there.changeNumber() != members.number) {
            found.add(name + " is not of " + members.number);
          }
        });
    segments.forEach((name, keys) -> compare(found, held.segment(name), name, keys));
    if (found.isEmpty()) {
      compareAnswers(found, answers);
    }
    return found;
  }

  private static void compare(
      List<String> found, @Nullable FeatureFlag there, String name, Rule rule) {
    if (rule.gone != (there == null)) {
      found.add(name + (rule.gone ? " is still there" : " is not there"));
    } else if (there != null
        && (there.changeNumber() != rule.number || there.killed() != rule.killed)) {
      found.add(name + " is of " + there.changeNumber() + ", not of " + rule.number);
    }
  }

  private void compare(List<String> found, @Nullable Segment there, String name, Set<String> keys) {
    if (there == null
        || there.changeNumber() != cloud.segment(name).changeNumber()
        || there.size() != keys.size()
        || !keys.stream().allMatch(there::contains)) {
      found.add(name + " is " + there + ", not " + keys);
    }
  }

  private void compareAnswers(List<String> found, BiFunction<String, String, String> answers) {
    for (String name : flags.keySet()) {
      for (int i = 0; i < KEYS; i++) {
        String answer = answers.apply(key(i), name);
        if (!answer.equals(expected(key(i), name))) {
          found.add(key(i) + " is served " + answer + " of " + name);
        }
      }
    }
  }
}
