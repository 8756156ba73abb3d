package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.FlagChangeListener;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who hears of which changes. */
class ChangeNotifierTest {
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final ChangeNotifier notifier = new ChangeNotifier(List.of(), later::add);
  private final List<Set<String>> heard = new ArrayList<>();
  private final List<Set<String>> others = new ArrayList<>();

  private final Snapshot first = with(Snapshot.EMPTY, "a", 1);
  private final Snapshot second = with(first, "b", 2);

  private static Snapshot with(Snapshot before, String flag, long version) {
    return Change.flags(
            List.of(FeatureFlag.named(flag).changeNumber(version).build()), List.of(), version)
        .applyTo(before);
  }

  private void runAll() {
    for (Runnable task = later.poll(); task != null; task = later.poll()) {
      task.run();
    }
  }

  @Test
  void aListenerHearsOfTheFlagsThatChangedSinceItWasAdded() {
    notifier.add(heard::add);

    notifier.changed(Snapshot.EMPTY, first);
    runAll();
    notifier.changed(first, second);
    runAll();

    assertThat(heard).containsExactly(Set.of("a"), Set.of("b"));
  }

  @Test
  void aListenerThatIsAddedWhileAChangeWaitsToBeToldDoesNotHearOfIt() {
    notifier.add(others::add);
    notifier.changed(Snapshot.EMPTY, first);
    notifier.add(heard::add);

    runAll();

    assertThat(others).containsExactly(Set.of("a"));
    assertThat(heard).isEmpty();
  }

  @Test
  void itHearsOfWhatChangedSinceThoughItIsToldTogetherWithTheRest() {
    notifier.add(others::add);
    notifier.changed(Snapshot.EMPTY, first);
    notifier.add(heard::add);
    notifier.changed(first, second);

    runAll();

    assertThat(others).containsExactly(Set.of("a", "b"));
    assertThat(heard).containsExactly(Set.of("b"));
  }

  @Test
  void whoListensOnceAChangeIsInForceDoesNotHearOfIt() {
    notifier.add(others::add);

    notifier.inForce(first);
    notifier.add(heard::add);
    notifier.changed(Snapshot.EMPTY, first);
    runAll();
    notifier.changed(first, second);
    runAll();

    assertThat(others).containsExactly(Set.of("a"), Set.of("b"));
    assertThat(heard).containsExactly(Set.of("b"));
  }

  @Test
  void threadsAreAskedForWhereNobodyWaitsForThem() {
    List<Boolean> held = new ArrayList<>();
    AtomicReference<ChangeNotifier> asking = new AtomicReference<>();
    asking.set(
        new ChangeNotifier(List.of(heard::add), task -> held.add(Thread.holdsLock(asking.get()))));

    asking.get().changed(Snapshot.EMPTY, first);

    assertThat(held).containsExactly(false);
  }

  @Test
  void aChangeForWhichThereIsNoThreadIsToldWithTheNext() {
    AtomicInteger threads = new AtomicInteger();
    ChangeNotifier poor =
        new ChangeNotifier(
            List.of(heard::add),
            task -> {
              if (threads.getAndIncrement() == 0) {
                throw new OutOfMemoryError("of the test");
              }
              later.add(task);
            });

    assertThatThrownBy(() -> poor.changed(Snapshot.EMPTY, first)).hasMessage("of the test");
    poor.changed(first, second);
    runAll();

    assertThat(heard).containsExactly(Set.of("a", "b"));
  }

  @Test
  void aListenerThatWasAddedTwiceIsTakenBackOnce() {
    FlagChangeListener same = heard::add;
    notifier.add(same);
    notifier.add(same);
    notifier.remove(same);

    notifier.changed(Snapshot.EMPTY, first);
    runAll();

    assertThat(heard).containsExactly(Set.of("a"));
  }

  @Test
  void listenersAreComparedWhereNobodyWaitsForThem() {
    List<Boolean> kept = new ArrayList<>();
    FlagChangeListener comparing =
        new FlagChangeListener() {
          @Override
          public void flagsChanged(Set<String> flags) {
            heard.add(flags);
          }

          @Override
          public boolean equals(Object other) {
            kept.add(Thread.holdsLock(notifier));
            return this == other;
          }

          @Override
          public int hashCode() {
            return 1;
          }
        };
    notifier.add(comparing);
    notifier.remove(comparing);

    notifier.changed(Snapshot.EMPTY, first);
    runAll();

    assertThat(heard).isEmpty();
    assertThat(kept).isNotEmpty().doesNotContain(true);
  }
}
