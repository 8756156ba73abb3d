package io.splitio.benchmarks.contest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * No SDK: the least that deciding takes. Looks the flag up in a map, tests its rules, hashes the
 * key, picks a partition; checks nothing, records nothing.
 */
final class BareFloor implements Contestant {
  private final Map<String, Rollout> flags = new HashMap<>();
  private final List<Rule> rules =
      List.of(
          new ListedText("plan", Set.copyOf(Contest.LISTED)),
          new AtLeast("age", Contest.AGE),
          new AnyOf("tags", Set.copyOf(Contest.LISTED)),
          new Member(new HashSet<>(Contest.members())));

  BareFloor() {
    for (int number = 0; number < Contest.ROLLOUTS; number++) {
      String name = Contest.rollout(number);
      flags.put(name, new Rollout(List.of(), Contest.seed(name)));
    }
    for (int number = 0; number < Contest.RULES; number++) {
      String name = Contest.rules(number);
      flags.put(name, new Rollout(rules, Contest.seed(name)));
    }
  }

  @Override
  public String treatment(String key, String flag, Map<String, Object> attributes) {
    Rollout rollout = flags.get(flag);
    return rollout == null ? "control" : rollout.pick(key, attributes);
  }

  private record Rollout(List<Rule> rules, int seed) {
    private static final String[] TREATMENTS = {"on", "off"};
    private static final int[] ENDS = {50, 100};

    String pick(String key, Map<String, Object> attributes) {
      for (int at = 0; at < rules.size(); at++) {
        if (rules.get(at).holds(key, attributes)) {
          return TREATMENTS[0];
        }
      }
      int bucket = Murmur3.bucket(key, seed);
      int share = 0;
      while (ENDS[share] < bucket) {
        share++;
      }
      return TREATMENTS[share];
    }
  }

  private sealed interface Rule {
    boolean holds(String key, Map<String, Object> attributes);
  }

  private record ListedText(String attribute, Set<String> texts) implements Rule {
    @Override
    public boolean holds(String key, Map<String, Object> attributes) {
      return attributes.get(attribute) instanceof String text && texts.contains(text);
    }
  }

  private record AtLeast(String attribute, long least) implements Rule {
    @Override
    public boolean holds(String key, Map<String, Object> attributes) {
      return attributes.get(attribute) instanceof Integer number && number >= least;
    }
  }

  private record AnyOf(String attribute, Set<String> texts) implements Rule {
    @Override
    public boolean holds(String key, Map<String, Object> attributes) {
      if (attributes.get(attribute) instanceof Set<?> values) {
        for (Object value : values) {
          if (texts.contains(value)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private record Member(Set<String> keys) implements Rule {
    @Override
    public boolean holds(String key, Map<String, Object> attributes) {
      return keys.contains(key);
    }
  }
}
