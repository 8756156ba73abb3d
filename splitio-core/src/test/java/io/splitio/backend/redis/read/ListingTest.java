package io.splitio.backend.redis.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofNanos(1);

  private final List<CompletableFuture<KeyScanCursor<String>>> steps = new ArrayList<>();
  private final Listing listing = new Listing(this::walked, key -> key.substring(1));

  private final List<String> cursors = new ArrayList<>();
  private boolean connectionsBreak;

  private CompletableFuture<Set<String>> walked(
      Function<Listing.Step, CompletionStage<Set<String>>> walk) {
    CompletableFuture<Set<String>> first = walk.apply(this::step).toCompletableFuture();
    return connectionsBreak ? first.exceptionallyCompose(failure -> walk.apply(this::step)) : first;
  }

  private CompletableFuture<KeyScanCursor<String>> step(ScanCursor from) {
    cursors.add(from.getCursor());
    CompletableFuture<KeyScanCursor<String>> step = new CompletableFuture<>();
    steps.add(step);
    return step;
  }

  private void found(boolean last, String... keys) {
    found(last, List.of(keys));
  }

  private void found(boolean last, List<String> keys) {
    KeyScanCursor<String> cursor = new KeyScanCursor<>();
    cursor.setCursor(last ? "0" : "7");
    cursor.setFinished(last);
    cursor.getKeys().addAll(keys);
    steps.get(steps.size() - 1).complete(cursor);
  }

  @Test
  void theNamesOfAllStepsAreListedOnce() {
    CompletableFuture<Set<String>> names = listing.names(LONG);

    found(false, ".one", ".two");
    found(true, ".two", ".three");

    assertThat(names.join()).containsExactlyInAnyOrder("one", "two", "three");
    assertThat(steps).hasSize(2);
  }

  @Test
  void aWalkEndsWhenNobodyWaitsForItAnyMore() {
    CompletableFuture<Set<String>> names = listing.names(SHORT);

    found(false, ".one");

    assertThat(steps).hasSize(1);
    assertThatThrownBy(names::join).hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void whoAsksMeanwhileSharesTheWalkAndKeepsItGoing() {
    CompletableFuture<Set<String>> first = listing.names(SHORT);
    CompletableFuture<Set<String>> second = listing.names(LONG);
    assertThat(listing.names(SHORT).cancel(false)).isTrue();

    found(false, ".one");
    found(true, ".two");

    assertThat(steps).hasSize(2);
    assertThat(first.join()).isEqualTo(second.join()).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void theNextWalkBeginsAnewAlsoAfterOneThatFailed() {
    CompletableFuture<Set<String>> failed = listing.names(LONG);
    steps.get(0).completeExceptionally(new IllegalStateException("gone"));
    assertThatThrownBy(failed::join).hasMessageContaining("gone");

    CompletableFuture<Set<String>> names = listing.names(LONG);
    found(true, ".one");

    assertThat(names.join()).containsExactly("one");
  }

  @Test
  void onAnotherConnectionTheWalkBeginsAnewAndForgetsWhatItHeardOnTheOneBefore() {
    connectionsBreak = true;
    CompletableFuture<Set<String>> names = listing.names(LONG);

    found(false, ".of-before");
    steps.get(1).completeExceptionally(new IllegalStateException("gone"));
    found(false, ".one");
    found(true, ".two");

    assertThat(names.join()).containsExactlyInAnyOrder("one", "two");
    assertThat(cursors).containsExactly("0", "7", "0", "7");
  }

  @Test
  void moreNamesThanAnybodyHasFlagsAreNotCollected() {
    CompletableFuture<Set<String>> names = listing.names(LONG);
    List<String> many = new ArrayList<>();
    for (int i = 0; i <= Listing.MOST; i++) {
      many.add("." + i);
    }

    found(false, many);

    assertThat(steps).hasSize(1);
    assertThatThrownBy(names::join).hasMessageContaining("100000");
  }
}
