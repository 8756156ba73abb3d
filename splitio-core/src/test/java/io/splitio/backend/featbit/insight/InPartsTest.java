package io.splitio.backend.featbit.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch that goes in several documents. */
class InPartsTest {
  private static final List<Integer> EVENTS = IntStream.range(0, 120).boxed().toList();

  private final List<Integer> sizes = new ArrayList<>();

  private byte[] write(List<Integer> events) {
    sizes.add(events.size());
    return new byte[] {(byte) (events.get(0) / 50)};
  }

  /** What becomes of 120 events in three documents. */
  private Delivery sent(Delivery... parts) {
    return InParts.of(EVENTS, this::write)
        .sent(document -> CompletableFuture.completedFuture(parts[document[0]]))
        .join();
  }

  private static Delivery of(Fate fate) {
    return new Delivery(fate, null, fate.toString());
  }

  @Test
  void eachHasFiftyAtMost() {
    assertThat(sent(of(Fate.DELIVERED), of(Fate.DELIVERED), of(Fate.DELIVERED)).fate())
        .isEqualTo(Fate.DELIVERED);
    assertThat(sizes).containsExactly(50, 50, 20);
  }

  @Test
  void whatArrivedDoesNotComeAgain() {
    Delivery delivery = sent(of(Fate.DELIVERED), of(Fate.HALVE), of(Fate.DELIVERED));
    assertThat(delivery.fate()).isEqualTo(Fate.HALVE);
    assertThat(delivery.settled())
        .containsExactlyInAnyOrderElementsOf(
            EVENTS.stream().filter(event -> event < 50 || event >= 100).toList());
  }

  @Test
  void nothingIsGivenUpWhileThereIsAnotherTrouble() {
    Delivery delivery = sent(of(Fate.REFUSED), of(Fate.TRY_AGAIN), of(Fate.REFUSED));
    assertThat(delivery.fate()).isEqualTo(Fate.TRY_AGAIN);
    assertThat(delivery.settled()).isEmpty();
  }

  @Test
  void aTroubleThatPassesIsNotLeftForMinutesWithItsNeighbour() {
    for (Delivery[] parts :
        new Delivery[][] {
          {of(Fate.TRY_MUCH_LATER), of(Fate.TRY_AGAIN), of(Fate.REFUSED)},
          {of(Fate.TRY_AGAIN), of(Fate.TRY_MUCH_LATER), of(Fate.REFUSED)}
        }) {
      assertThat(sent(parts).fate()).isEqualTo(Fate.TRY_AGAIN);
    }
  }

  @Test
  void aSecretThatIsRefusedHereAndTakenThereIsATroubleThatPasses() {
    assertThat(sent(of(Fate.TRY_MUCH_LATER), of(Fate.DELIVERED), of(Fate.DELIVERED)).fate())
        .isEqualTo(Fate.TRY_AGAIN);
    assertThat(
            sent(of(Fate.TRY_MUCH_LATER), of(Fate.TRY_MUCH_LATER), of(Fate.TRY_MUCH_LATER)).fate())
        .isEqualTo(Fate.TRY_MUCH_LATER);
  }

  @Test
  void whatIsOnlyTooLargeIsNotGivenUpWithItsNeighbour() {
    assertThat(sent(of(Fate.REFUSED), of(Fate.HALVE), of(Fate.DELIVERED)).fate())
        .isEqualTo(Fate.HALVE);
  }

  @Test
  void theLongestWishCounts() {
    Duration wish = Duration.ofMinutes(10);
    Delivery delivery =
        sent(of(Fate.TRY_AGAIN), new Delivery(Fate.TRY_AGAIN, wish, ""), of(Fate.TRY_AGAIN));
    assertThat(delivery.notBefore()).isEqualTo(wish);
  }

  @Test
  void oneThatCannotSetOutDoesNotUndoTheOthers() {
    Delivery delivery =
        InParts.of(EVENTS, this::write)
            .sent(
                document -> {
                  if (document[0] == 1) {
                    throw new IllegalStateException("no thread");
                  }
                  return CompletableFuture.completedFuture(of(Fate.DELIVERED));
                })
            .join();
    assertThat(delivery.fate()).isEqualTo(Fate.TRY_AGAIN);
    assertThat(delivery.settled()).hasSize(70);
  }

  @Test
  void nothingIsSentIfOneCannotBeWritten() {
    List<byte[]> sent = new ArrayList<>();
    assertThatThrownBy(
            () ->
                InParts.of(
                        EVENTS,
                        events -> {
                          if (events.contains(70)) {
                            throw new IllegalStateException("poison");
                          }
                          return write(events);
                        })
                    .sent(
                        document -> {
                          sent.add(document);
                          return CompletableFuture.completedFuture(of(Fate.DELIVERED));
                        }))
        .hasMessage("poison");
    assertThat(sent).isEmpty();
  }
}
