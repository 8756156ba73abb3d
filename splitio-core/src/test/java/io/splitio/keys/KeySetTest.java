package io.splitio.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void theEmptySetHasNoMembers() {
    assertThat(KeySet.EMPTY.size()).isZero();
    assertThat(KeySet.EMPTY.contains("")).isFalse();
    assertThat(KeySet.EMPTY.contains("ana")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 127, 128, 129, 255, 256, 257, 1_000, 65_536, 200_000})
  void holdsWhatWasAddedAndNothingElse(int size) {
    KeySet set = numbered("in-", 0, size);
    assertThat(set.size()).isEqualTo(size);
    for (int number = 0; number < size; number++) {
      assertThat(set.contains("in-" + number)).isTrue();
      assertThat(set.contains("out-" + number)).isFalse();
    }
  }

  @Test
  void aKeyThatIsAddedTwiceIsOneMember() {
    KeySet.Builder builder = new KeySet.Builder();
    for (int number = 0; number < 1_000; number++) {
      builder.add("key-" + number % 10);
    }
    assertThat(builder.build().size()).isEqualTo(10);
  }

  @Test
  void keysOfEveryLengthAndAlphabetAreToldApart() {
    List<String> keys = new ArrayList<>();
    for (String unit : List.of("a", "\0", "é", "中", "\uD800", "😀")) {
      for (int length = 0;
          length <= 600;
          length = length < 20 || length % 128 > 124 ? length + 1 : length + 4) {
        keys.add(unit.repeat(length));
      }
    }
    Set<String> distinct = new HashSet<>(keys);
    KeySet set = KeySet.of(keys);
    assertThat(set.size()).isEqualTo(distinct.size());
    assertThat(distinct).allMatch(set::contains);
    assertThat(set.contains("a\0")).isFalse();
    assertThat(set.contains("\0\0a")).isFalse();
  }

  @Property(tries = 300)
  void aTextAndTheSameInABufferAreOneKey(
      @ForAll String text, @ForAll @Size(max = 5) char[] before) {
    KeySet.Builder builder = new KeySet.Builder();
    builder.add((new String(before) + text + "rest").toCharArray(), before.length, text.length());
    KeySet set = builder.build();
    assertThat(set.contains(text)).isTrue();
    assertThat(set).isEqualTo(KeySet.of(List.of(text)));
    assertThat(set.contains(text + "r")).isFalse();
  }

  @Property(tries = 500)
  void aChangeGivesWhatASetOfTextsWouldGive(
      @ForAll("keys") Set<String> before,
      @ForAll("keys") Set<String> added,
      @ForAll("keys") Set<String> removed) {
    Set<String> expected = new HashSet<>(before);
    expected.removeAll(removed);
    expected.addAll(added);

    KeySet set = KeySet.of(before).with(KeySet.of(added), KeySet.of(removed));

    assertThat(set).isEqualTo(KeySet.of(expected)).hasSameHashCodeAs(KeySet.of(expected));
    assertThat(set.size()).isEqualTo(expected.size());
    for (int number = 0; number < 2_000; number++) {
      assertThat(set.contains("k" + number)).isEqualTo(expected.contains("k" + number));
    }
  }

  @Provide
  static Arbitrary<Set<String>> keys() {
    return Arbitraries.integers()
        .between(0, 1_999)
        .map(number -> "k" + number)
        .set()
        .ofMaxSize(1_500);
  }

  @Test
  void manySmallChangesInARowLoseNothing() {
    Random random = new Random(42);
    Set<String> expected = new HashSet<>();
    KeySet set = KeySet.EMPTY;
    for (int turn = 0; turn < 2_000; turn++) {
      int spread = turn < 1_500 ? 10_000 : 50; // grows, and then shrinks to nearly nothing
      Set<String> added = some(random, spread, turn < 1_500 ? 20 : 1);
      Set<String> removed = some(random, 10_000, turn < 1_500 ? 5 : 60);
      expected.removeAll(removed);
      expected.addAll(added);
      set = set.with(KeySet.of(added), KeySet.of(removed));
    }
    assertThat(set).isEqualTo(KeySet.of(expected));
    assertThat(expected).allMatch(set::contains);
  }

  private static Set<String> some(Random random, int spread, int count) {
    Set<String> keys = new HashSet<>();
    for (int turn = 0; turn < count; turn++) {
      keys.add("k" + random.nextInt(spread));
    }
    return keys;
  }

  @Test
  void theOriginalStaysAsItWas() {
    KeySet before = numbered("k", 0, 500);
    before.with(numbered("k", 500, 600), numbered("k", 0, 100));
    assertThat(before).isEqualTo(numbered("k", 0, 500));
  }

  @Test
  void setsOfDifferentHistoriesWithTheSameMembersAreEqual() {
    KeySet grown = numbered("k", 0, 10);
    for (int from = 10; from < 3_000; from += 10) {
      grown = grown.with(numbered("k", from, from + 10), KeySet.EMPTY);
    }
    assertThat(grown).isEqualTo(numbered("k", 0, 3_000));
    assertThat(grown).isNotEqualTo(numbered("k", 1, 3_001));
  }

  @Test
  void aLookUpAllocatesNothing() {
    KeySet set = numbered("in-", 0, 50_000);
    String[] keys = new String[20_000];
    for (int number = 0; number < keys.length; number++) {
      keys[number] = (number % 2 == 0 ? "in-" : "out-") + number;
    }
    int warm = found(set, keys);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int found = found(set, keys);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(found).isEqualTo(warm).isEqualTo(keys.length / 2);
    assertThat(allocated).isLessThan(keys.length / 100);
  }

  private static int found(KeySet set, String[] keys) {
    int found = 0;
    for (String key : keys) {
      found += set.contains(key) ? 1 : 0;
    }
    return found;
  }

  @Test
  void aMillionLongKeysTakeLessThan18BytesEach() {
    KeySet set = uuids(1_000_000);
    assertThat(set.size()).isEqualTo(1_000_000);
    assertThat(set.bytes()).isLessThan(18_000_000);
  }

  @Test
  void aChangeOfTenKeysOfAMillionMakesLessThan100KilobytesOfGarbage() {
    KeySet set = uuids(1_000_000);
    KeySet added = numbered("new-", 0, 5);
    KeySet removed = numbered("old-", 0, 5);
    set.with(added, removed);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    KeySet changed = set.with(added, removed);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(changed.size()).isEqualTo(1_000_005);
    assertThat(allocated).isLessThan(100_000);
  }

  private static KeySet uuids(int count) {
    Random random = new Random(7);
    KeySet.Builder builder = new KeySet.Builder(count);
    for (int number = 0; number < count; number++) {
      builder.add(new UUID(random.nextLong(), random.nextLong()).toString());
    }
    return builder.build();
  }

  private static KeySet numbered(String prefix, int from, int to) {
    KeySet.Builder builder = new KeySet.Builder();
    for (int number = from; number < to; number++) {
      builder.add(prefix + number);
    }
    return builder.build();
  }
}
