package io.splitio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TrieMapTest {

  /** Few keys, many of which have the same hash: "Aa" and "BB" do, in any position. */
  private static String key(Random random) {
    StringBuilder key = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      key.append(random.nextBoolean() ? "Aa" : "BB");
    }
    return random.nextInt(3) == 0 ? "k" + random.nextInt(300) : key.toString();
  }

  @Property(tries = 300)
  void behavesLikeAHashMap(@ForAll long seed) {
    Random random = new Random(seed);
    Map<String, Integer> expected = new HashMap<>();
    TrieMap<Integer> map = TrieMap.empty();
    for (int i = 0; i < 300; i++) {
      String key = key(random);
      if (random.nextInt(3) == 0) {
        expected.remove(key);
        map = map.without(key);
      } else {
        expected.put(key, i);
        map = map.with(key, i);
      }
      assertThat(map.size()).isEqualTo(expected.size());
    }
    assertThat(contents(map)).isEqualTo(expected);
    assertThat(map.sortedKeys()).containsExactlyElementsOf(new TreeSet<>(expected.keySet()));
    for (int i = 0; i < 100; i++) {
      String key = key(random);
      assertThat(map.get(key)).isEqualTo(expected.get(key));
    }
  }

  @Property(tries = 200)
  void namesExactlyTheKeysWhoseValuesDiffer(@ForAll long seed) {
    Random random = new Random(seed);
    TrieMap<Object> before = changed(TrieMap.empty(), random, 200);
    TrieMap<Object> after = changed(before, random, random.nextInt(100));
    Set<String> expected = new HashSet<>();
    Map<String, Object> left = contents(before);
    Map<String, Object> right = contents(after);
    left.forEach((key, value) -> addIf(right.get(key) != value, key, expected));
    right.forEach((key, value) -> addIf(left.get(key) != value, key, expected));

    List<String> found = new ArrayList<>();
    after.forEachDifference(before, found::add);

    assertThat(new HashSet<>(found)).isEqualTo(expected);
    assertThat(found).doesNotHaveDuplicates();
  }

  @Property(tries = 200)
  void aChangeLeavesTheOriginalAlone(@ForAll long seed) {
    Random random = new Random(seed);
    TrieMap<Object> before = changed(TrieMap.empty(), random, 200);
    Map<String, Object> contents = contents(before);

    changed(before, random, 100);

    assertThat(contents(before)).isEqualTo(contents);
  }

  @Test
  void keysOfOneHashAreKeptApart() {
    TrieMap<Integer> map = TrieMap.<Integer>empty().with("AaAa", 1).with("BBBB", 2).with("AaBB", 3);

    assertThat(map.without("BBBB").get("AaAa")).isEqualTo(1);
    assertThat(map.without("BBBB").get("BBBB")).isNull();
    assertThat(map.without("BBAa")).isSameAs(map);
    assertThat(map.get("BBAa")).isNull();
    assertThat(map.with("AaAa", 9).get("AaAa")).isEqualTo(9);
    assertThat(map.with("AaAa", 9).size()).isEqualTo(3);
  }

  @Test
  void theSameValueIsNoChange() {
    Object value = new Object();
    TrieMap<Object> map = TrieMap.empty().with("a", value);

    assertThat(map.with("a", value)).isSameAs(map);
    assertThat(map.without("b")).isSameAs(map);
  }

  private static void addIf(boolean differs, String key, Set<String> keys) {
    if (differs) {
      keys.add(key);
    }
  }

  private static TrieMap<Object> changed(TrieMap<Object> map, Random random, int changes) {
    TrieMap<Object> next = map;
    for (int i = 0; i < changes; i++) {
      String key = key(random);
      next = random.nextInt(3) == 0 ? next.without(key) : next.with(key, new Object());
    }
    return next;
  }

  private static <V> Map<String, V> contents(TrieMap<V> map) {
    Map<String, V> contents = new HashMap<>();
    map.forEach(contents::put);
    return contents;
  }
}
