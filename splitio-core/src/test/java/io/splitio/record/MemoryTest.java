package io.splitio.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.record.Sinks.Count;
import io.splitio.record.Sinks.Keys;
import io.splitio.record.UniqueKeys.Noted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is remembered between impressions (protocol specification 8.3 to 8.5). */
class MemoryTest {
  private static final long NOW = 1_760_000_000_000L;
  private static final long DAY = 86_400_000;

  @Test
  void aTableForNothingTakesNoMemoryAndFindsEverythingNew() {
    SeenTable table = new SeenTable(0, SeenTable.Tick.MOMENT);
    table.prepare();
    assertThat(table.see(1, 1_000)).isEqualTo(SeenTable.NEVER);
    assertThat(table.see(1, 2_000)).isEqualTo(SeenTable.NEVER);
    assertThat(table.inUse()).isFalse();
  }

  @Test
  void aThingIsSeenWhenItWasSeenLast() {
    SeenTable table = new SeenTable(500, SeenTable.Tick.MOMENT);

    assertThat(table.see(77L << 40, NOW)).isEqualTo(SeenTable.NEVER);
    assertThat(table.see(77L << 40, NOW + 5)).isEqualTo(NOW);
    assertThat(table.see(77L << 40, NOW + 9)).isEqualTo(NOW + 5);
    assertThat(table.see(77L << 40, NOW + 3)).isEqualTo(NOW + 3);
  }

  @Test
  void aThingIsSeenRoughlyWhenItWasSeenLast() {
    SeenTable table = new SeenTable(500, SeenTable.Tick.MOMENT);
    long tick = NOW - NOW % 128;

    assertThat(table.seeRoughly(77L << 40, tick)).isEqualTo(SeenTable.NEVER);
    assertThat(table.seeRoughly(77L << 40, tick + 127)).isBetween(tick, tick + 127);
    assertThat(table.seeRoughly(77L << 40, tick + 128)).isBetween(tick, tick + 127);
  }

  @Test
  void withinAMinuteAThingIsSeenAtOnce() {
    SeenTable table = new SeenTable(500, SeenTable.Tick.MINUTE);
    long minute = NOW - NOW % 60_000;

    assertThat(table.seeRoughly(77L << 40, minute)).isEqualTo(SeenTable.NEVER);
    assertThat(table.seeRoughly(77L << 40, minute + 59_999)).isEqualTo(minute + 59_999);
    assertThat(table.seeRoughly(77L << 40, minute + 60_000)).isEqualTo(minute);
  }

  @Test
  void whoWasOvertakenDoesNotTurnTheTimeBack() {
    SeenTable table = new SeenTable(500, SeenTable.Tick.MOMENT);
    table.see(77L << 40, NOW);

    assertThat(table.see(77L << 40, NOW - 250)).isEqualTo(NOW - 250);
    assertThat(table.see(77L << 40, NOW + 5)).isEqualTo(NOW);
  }

  @Test
  void aThingThatIsForgottenIsNewThoughItWasSeenRoughlyJustNow() {
    SeenTable table = new SeenTable(500, SeenTable.Tick.MOMENT);
    table.seeRoughly(77L << 40, NOW);
    table.forget(77L << 40);

    assertThat(table.seeRoughly(77L << 40, NOW)).isEqualTo(SeenTable.NEVER);
  }

  @Property(tries = 200)
  void aTableThatIsLargeEnoughRemembersRoughlyLikeAMap(@ForAll long seed) {
    SeenTable table = new SeenTable(4_096, SeenTable.Tick.MOMENT);
    Map<Long, Long> map = new HashMap<>();
    Random random = new Random(seed);
    long now = NOW;
    for (int i = 0; i < 500; i++) {
      now += random.nextInt(40);
      long thing = Fingerprint.of("k" + random.nextInt(60), "f");
      Long before = map.put(thing, now);
      long seen = table.seeRoughly(thing, now);
      if (before == null) {
        assertThat(seen).isEqualTo(SeenTable.NEVER);
      } else {
        assertThat(seen).isBetween(before - 127, now);
        assertThat(seen / 3_600_000).isEqualTo(before / 3_600_000);
      }
    }
  }

  @Property(tries = 200)
  void aTableThatIsLargeEnoughRemembersLikeAMap(@ForAll long seed) {
    SeenTable table = new SeenTable(4_096, SeenTable.Tick.MOMENT);
    Map<Long, Long> map = new HashMap<>();
    Random random = new Random(seed);
    long now = NOW;
    for (int i = 0; i < 500; i++) {
      now += random.nextInt(1_000);
      long thing = Fingerprint.of("k" + random.nextInt(60), "f");
      Long before = map.put(thing, now);
      assertThat(table.see(thing, now)).isEqualTo(before == null ? SeenTable.NEVER : before);
    }
  }

  @Test
  void tenThousandKeysAreEachNotedOnce() {
    UniqueKeys keys =
        new UniqueKeys(new SeenTable(1_000_000, SeenTable.Tick.MINUTE), 5_000, 100_000, () -> {});
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 10_000; i++) {
        keys.track("f", "key-" + i, NOW + round);
      }
    }
    assertThat(keys.take(Integer.MAX_VALUE)).hasSize(10_000);
    for (int i = 0; i < 10_000; i++) {
      keys.track("f", "key-" + i, NOW + 9);
    }
    assertThat(keys.take(Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void aNewDayMakesAKeyNewAgain() {
    UniqueKeys keys = new UniqueKeys(new SeenTable(500, SeenTable.Tick.MINUTE), 10, 10, () -> {});
    keys.track("f", "k", NOW);
    assertThat(keys.take(10)).hasSize(1);
    keys.track("f", "k", NOW + DAY);
    assertThat(keys.take(10)).hasSize(1);
  }

  @Test
  void aKeyThatFoundNoRoomIsCountedAndNewTheNextTime() {
    AtomicInteger called = new AtomicInteger();
    UniqueKeys keys =
        new UniqueKeys(new SeenTable(500, SeenTable.Tick.MINUTE), 2, 2, called::incrementAndGet);
    keys.track("f", "a", NOW);
    keys.track("f", "b", NOW);
    keys.track("f", "c", NOW);
    assertThat(keys.ledger().full()).isEqualTo(1);
    assertThat(called).hasValue(1);
    List<Noted> taken = keys.take(10);
    assertThat(UniqueKeys.byFlag(taken)).containsExactly(new Keys("f", List.of("a", "b")));
    keys.delivered(taken);

    keys.track("f", "c", NOW);
    assertThat(keys.take(10)).containsExactly(new Noted("f", "c"));
  }

  @Test
  void flagAndKeyAreToldApartWherePutTogetherTheyLookTheSame() {
    UniqueKeys keys = new UniqueKeys(new SeenTable(500, SeenTable.Tick.MINUTE), 10, 10, () -> {});
    keys.track("ab", "c", NOW);
    keys.track("a", "bc", NOW);

    assertThat(keys.take(10)).containsExactly(new Noted("ab", "c"), new Noted("a", "bc"));
  }

  @Test
  void anHourEndsOnTheHour() {
    ImpressionCounts counts = new ImpressionCounts(() -> NOW);
    counts.count("f", 1_760_000_399_999L);
    counts.count("f", 1_760_000_400_000L);
    counts.count("f", 1_760_000_399_999L);

    assertThat(counts.take(10))
        .containsExactlyInAnyOrder(
            new Count("f", 1_759_996_800_000L, 2), new Count("f", 1_760_000_400_000L, 1));
    assertThat(counts.take(10)).isEmpty();
  }

  @Test
  void anOldHourIsForgottenOnceItIsDelivered() {
    long[] now = {NOW};
    ImpressionCounts counts = new ImpressionCounts(() -> now[0]);
    counts.count("f", NOW);
    List<Count> taken = counts.take(10);
    now[0] += 4 * ImpressionCounts.HOUR;
    counts.keep(taken);
    assertThat(counts.take(10)).isEqualTo(taken);
    assertThat(counts.take(10)).isEmpty();
    counts.delivered(taken);

    assertThat(counts.size()).isZero();
  }

  @Test
  void hoursThatAreForgottenMakeRoomForOthers() {
    long[] now = {NOW};
    ImpressionCounts counts = new ImpressionCounts(() -> now[0]);
    for (int i = 0; i < ImpressionCounts.MOST; i++) {
      counts.count("f" + i, NOW);
    }
    counts.delivered(counts.take(ImpressionCounts.MOST));
    now[0] += 4 * ImpressionCounts.HOUR;
    counts.count("another", now[0]);
    assertThat(counts.lost()).isEqualTo(1);

    assertThat(counts.take(10)).isEmpty();
    counts.count("another", now[0]);

    assertThat(counts.lost()).isEqualTo(1);
    assertThat(counts.take(10)).hasSize(1);
  }

  @Property(tries = 20)
  void countsAreExactWhileTheyAreTaken(@ForAll long seed) throws InterruptedException {
    ImpressionCounts counts = new ImpressionCounts(() -> NOW);
    Random random = new Random(seed);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  counts.count("f" + i % 5, NOW);
                }
              }));
    }
    threads.forEach(Thread::start);
    long delivered = 0;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      List<Count> taken = counts.take(3);
      if (random.nextBoolean()) {
        counts.keep(taken);
      } else {
        delivered += sum(taken);
      }
    }
    assertThat(delivered + sum(counts.take(100))).isEqualTo(60_000);
  }

  private static long sum(List<Count> counts) {
    return counts.stream().mapToLong(Count::count).sum();
  }
}
