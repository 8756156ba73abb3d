package io.splitio.backend.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.backend.featbit.data.DataSync;
import io.splitio.testing.LogCapture;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an application's own store is called. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StorekeeperTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Duration MINUTE = Duration.ofSeconds(60);

  private final Shelf shelf = new Shelf();
  private final ManualScheduler scheduler = new ManualScheduler();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicBoolean poor = new AtomicBoolean();
  private final Storekeeper keeper = keeper(shelf);

  private Storekeeper keeper(DefinitionStore store) {
    return new Storekeeper(
        store, Lent.with(scheduler, (before, after) -> {}, this::thread), Pace.usual());
  }

  private Thread thread(Runnable task) {
    Thread made = new Thread(task);
    threads.add(made);
    return poor.get() ? null : made;
  }

  @AfterEach
  void end() {
    shelf.loading.countDown();
    shelf.writing.countDown();
    keeper.close(LIMIT);
  }

  private static Map<String, String> of(String... pairs) {
    Map<String, String> documents = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      documents.put(pairs[i], pairs[i + 1]);
    }
    return documents;
  }

  private void hang() {
    shelf.writing = new CountDownLatch(1);
  }

  private void awaitCalls(int number) {
    await().atMost(LIMIT).until(() -> shelf.calls.size() >= number);
  }

  private void awaitIdle() {
    await().atMost(LIMIT).until(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void whatChangesWhileACallHangsIsOneCall() {
    hang();
    keeper.put(of("flag/a", "1"));
    awaitCalls(1);
    keeper.put(of("flag/a", "2", "flag/b", "2"));
    keeper.put(of("flag/a", "3"));
    shelf.writing.countDown();
    awaitIdle();
    assertThat(shelf.calls).containsExactly("put [flag/a]", "put [flag/a, flag/b]");
    assertThat(shelf.kept).isEqualTo(Map.of("flag/a", "3", "flag/b", "2"));
  }

  @Test
  void aFullSetSwallowsWhatWaitsAndIsJoinedByWhatFollows() {
    shelf.kept.put("flag/gone", "0");
    hang();
    keeper.put(of("flag/a", "1"));
    awaitCalls(1);
    keeper.put(of("flag/b", "1"));
    keeper.replace(of("flag/c", "2"));
    keeper.put(of("flag/d", "3"));
    shelf.writing.countDown();
    awaitIdle();
    assertThat(shelf.calls).containsExactly("put [flag/a]", "replace [flag/c, flag/d]");
    assertThat(shelf.kept).isEqualTo(Map.of("flag/c", "2", "flag/d", "3"));
  }

  @Test
  void whatFailedIsTriedAgainWithTheNextChangeAndElseAfterAPause() {
    shelf.failures.set(2);
    try (LogCapture log = LogCapture.everything()) {
      keeper.replace(of("flag/a", "1", "flag/b", "1"));
      awaitIdle();
      keeper.put(of("flag/b", "2"));
      awaitIdle();
      assertThat(shelf.kept).isEmpty();
      assertThat(scheduler.waiting()).isEqualTo(1);
      scheduler.advance(MINUTE);
      awaitIdle();
      assertThat(shelf.calls).hasSize(3).containsOnly("replace [flag/a, flag/b]");
      assertThat(shelf.kept).isEqualTo(Map.of("flag/a", "1", "flag/b", "2"));
      assertThat(scheduler.waiting()).isZero();
      assertThat(log.lines())
          .noneMatch(line -> line.contains("canary"))
          .filteredOn(line -> !line.startsWith("DEBUG"))
          .containsExactly(
              "WARN The definition store does not take definitions:"
                  + " java.lang.IllegalStateException; it is tried again",
              "INFO The definition store takes definitions again");
    }
  }

  @Test
  void whatCameWhileACallFailedIsTriedWithItAtOnce() {
    shelf.failures.set(1);
    hang();
    keeper.put(of("flag/a", "1", "flag/b", "1"));
    awaitCalls(1);
    keeper.put(of("flag/b", "2"));
    shelf.writing.countDown();
    awaitIdle();
    assertThat(shelf.kept).isEqualTo(Map.of("flag/a", "1", "flag/b", "2"));
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void whatAStoreWasGivenItMayKeepAndCannotChange() {
    List<Map<String, String>> given = new CopyOnWriteArrayList<>();
    Storekeeper forgetful =
        keeper(
            new DefinitionStore() {
              @Override
              public Map<String, String> load() {
                return Map.of();
              }

              @Override
              public void replace(Map<String, String> all) {}

              @Override
              public void put(Map<String, String> changed) {
                given.add(changed);
                if (given.size() == 1) {
                  changed.clear(); // throws
                }
              }
            });
    forgetful.put(of("flag/a", "1"));
    awaitIdle();
    forgetful.put(of("flag/b", "2"));
    awaitIdle();
    assertThat(given).containsExactly(Map.of("flag/a", "1"), Map.of("flag/a", "1", "flag/b", "2"));
  }

  @Test
  void whereThereIsNoThreadItIsTriedAgain() {
    poor.set(true);
    keeper.put(of("flag/a", "1"));
    List<DataSync> loaded = new ArrayList<>();
    keeper.load(loaded::add);
    assertThat(loaded).singleElement().matches(DataSync::isEmpty);
    poor.set(false);
    scheduler.advance(MINUTE);
    awaitIdle();
    assertThat(shelf.kept).isEqualTo(Map.of("flag/a", "1"));
  }

  @Test
  void whatWaitsForAnotherAttemptIsWrittenAtTheEnd() {
    shelf.failures.set(1);
    keeper.put(of("flag/a", "1"));
    awaitIdle();
    assertThat(shelf.kept).isEmpty();
    keeper.close(LIMIT);
    assertThat(shelf.kept).isEqualTo(Map.of("flag/a", "1"));
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void whatIsNotWrittenAtTheEndIsTold() {
    shelf.failures.set(9);
    try (LogCapture log = LogCapture.warnings()) {
      keeper.put(of("flag/a", "1"));
      awaitIdle();
      keeper.close(LIMIT);
      assertThat(log.lines())
          .endsWith(
              "WARN The definition store did not take what changed last; the SDK ends without it");
    }
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void theEndInterruptsACallThatHangsAndBeginsNoOther() {
    hang();
    keeper.put(of("flag/a", "1"));
    awaitCalls(1);
    keeper.put(of("flag/b", "1"));
    keeper.close(Duration.ofMillis(1));
    awaitIdle();
    assertThat(shelf.calls).containsExactly("put [flag/a]");
  }

  @Test
  void whoRestsHasWrittenWhatWaitsAndLeavesNothingBehind() {
    shelf.failures.set(2);
    keeper.put(of("flag/a", "1"));
    awaitIdle();
    assertThat(keeper.suspend()).succeedsWithin(LIMIT);
    awaitIdle();
    assertThat(shelf.calls).hasSize(2);
    assertThat(scheduler.waiting()).isZero();
    keeper.put(of("flag/b", "1"));
    awaitIdle();
    assertThat(shelf.calls).hasSize(2);
    keeper.resume();
    awaitIdle();
    assertThat(shelf.kept).isEqualTo(Map.of("flag/a", "1", "flag/b", "1"));
  }

  @Test
  void aCallThatHangsIsInterruptedToRestAndComesAgain() {
    hang();
    keeper.put(of("flag/a", "1"));
    awaitCalls(1);
    keeper.put(of("flag/b", "1"));
    CompletableFuture<Void> rests = keeper.suspend();
    assertThat(rests).isNotDone();
    scheduler.advance(Duration.ofSeconds(3));
    assertThat(rests).succeedsWithin(LIMIT);
    awaitIdle();
    assertThat(shelf.calls).containsExactly("put [flag/a]");
    assertThat(scheduler.waiting()).isZero();
    shelf.writing.countDown();
    keeper.resume();
    awaitIdle();
    assertThat(shelf.kept).isEqualTo(Map.of("flag/a", "1", "flag/b", "1"));
  }

  @Test
  void aCallThatHangsIsTold() {
    hang();
    try (LogCapture log = LogCapture.warnings()) {
      keeper.put(of("flag/a", "1"));
      awaitCalls(1);
      scheduler.advance(Duration.ofSeconds(59));
      assertThat(log.lines()).isEmpty();
      scheduler.advance(Duration.ofSeconds(2));
      assertThat(log.lines())
          .containsExactly(
              "WARN The definition store has not answered for 60 s; what changes meanwhile waits"
                  + " for it");
    }
  }

  @Test
  void whatIsOddIsLeftOutOfWhatWasKeptAndNothingElse() {
    String good = "{\"key\":\"good\",\"updatedAt\":\"2025-03-01T10:00:00Z\",\"isArchived\":true}";
    shelf.kept.put("flag/good", good);
    shelf.kept.put("flag/broken", "}{");
    shelf.kept.put("flag/other", good);
    shelf.kept.put("flag/two", good + "," + good);
    shelf.kept.put("flag/none", "{\"key\":\"none\"}");
    shelf.kept.put("segment/good", good);
    shelf.kept.put("user/1", "{}");
    Map<String, String> odd = new HashMap<>(shelf.kept);
    odd.put("flag/null", null);
    odd.put(null, good);
    List<DataSync> loaded = new CopyOnWriteArrayList<>();
    keeper(new Returning(odd)).load(loaded::add);
    awaitIdle();
    DataSync read = loaded.get(0);
    assertThat(read.flags()).singleElement().matches(item -> item.key().equals("good"));
    assertThat(read.segments()).isEmpty();
    assertThat(read.rejected())
        .extracting(DataSync.Rejected::problem)
        .containsExactlyInAnyOrder(
            "flag/broken: it cannot be read as JSON",
            "flag/other: its key or id is another",
            "flag/two: its key or id is another",
            "flag/none: the flag none: its updatedAt is null; it must be a time such as"
                + " 2025-03-01T10:00:00.123Z",
            "segment/good: the segment null: it has no id",
            "user/1: it is neither a flag nor a segment",
            "flag/null: there is no text",
            "null: it is neither a flag nor a segment");
  }

  @Test
  void aStoreThatHasNoAnswerHasNothing() {
    List<DataSync> loaded = new CopyOnWriteArrayList<>();
    keeper(new Returning(null)).load(loaded::add);
    awaitIdle();
    assertThat(loaded).singleElement().matches(DataSync::isEmpty);
  }

  /** A store that answers this. */
  private record Returning(Map<String, String> kept) implements DefinitionStore {
    @Override
    public Map<String, String> load() {
      return kept == null ? null : Collections.unmodifiableMap(kept);
    }

    @Override
    public void replace(Map<String, String> all) {}

    @Override
    public void put(Map<String, String> changed) {}
  }
}
