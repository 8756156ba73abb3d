package io.splitio.record;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param fate what to do with it
 * @param notBefore how long the service wants to be left alone, or null when it does not say
 * @param reason why it was not delivered, in words for an operator and without secrets, or null
 * @param settled the places in the batch of items that are delivered all the same; the rest is
 *     about the others
 * @param doubtful the places of items that are {@link Fate#LOST} all the same, likewise
 */
public record Delivery(
    Fate fate,
    @Nullable Duration notBefore,
    @Nullable String reason,
    Set<Integer> settled,
    Set<Integer> doubtful) {

  /** Copies the sets. */
  public Delivery {
    settled = Set.copyOf(settled);
    doubtful = Set.copyOf(doubtful);
  }

  /** A fate that all items share. */
  public Delivery(Fate fate, @Nullable Duration notBefore, @Nullable String reason) {
    this(fate, notBefore, reason, Set.of(), Set.of());
  }

  /** The same, except for items that are delivered, and those that may be, or not. */
  public Delivery except(Set<Integer> delivered, Set<Integer> lost) {
    return new Delivery(fate, notBefore, reason, delivered, lost);
  }

  /** What to do with a batch. */
  public enum Fate {
    /** The service has it. */
    DELIVERED,
    /** A passing trouble: keep it and try again soon. */
    TRY_AGAIN,
    /** A trouble that somebody has to mend: keep it and try again after minutes. */
    TRY_MUCH_LATER,
    /** It is too large: send half of it. */
    HALVE,
    /** The service does not understand it: once more, then give it up. */
    REFUSED,
    /** The service may have it, or not, and may get it twice: once more, then give it up. */
    DOUBTFUL,
    /** The service may have it, or not, and must not get it twice: give it up. */
    LOST;

    boolean isTriedOnceMore() {
      return this == REFUSED || this == DOUBTFUL;
    }

    /** Whether it says nothing of the batch, which is tried again however often. */
    public boolean isPassing() {
      return this == TRY_AGAIN || this == TRY_MUCH_LATER;
    }

    /** What it means the second time. */
    Fate believed() {
      return this == DOUBTFUL ? LOST : this;
    }

    /** What an answer with a status that is no success means for a batch. */
    public static Fate ofStatus(int status) {
      return switch (status) {
        case 401, 403, 404 -> TRY_MUCH_LATER;
        case 413 -> HALVE;
        case 408, 425, 429 -> TRY_AGAIN;
        default -> status < 400 ? TRY_MUCH_LATER : status >= 500 ? TRY_AGAIN : REFUSED;
      };
    }
  }

  /** A fate without a wish of the service, and without words. */
  public static Delivery of(Fate fate) {
    return new Delivery(fate, null, null);
  }

  /** What an answer with a status that is no success means, with the service's wish. */
  public static Delivery answered(int status, @Nullable Duration notBefore, String reason) {
    return new Delivery(Fate.ofStatus(status), notBefore, reason);
  }

  /** What it means that there is no answer, because of a trouble that lasts or passes. */
  public static Delivery unanswered(boolean lasting, String reason) {
    return new Delivery(lasting ? Fate.TRY_MUCH_LATER : Fate.TRY_AGAIN, null, reason);
  }

  /** Whether the fate is about all items. */
  boolean isOfAll() {
    return settled.isEmpty() && doubtful.isEmpty();
  }

  /** Whether the service took some at once, and does not say to be left alone. */
  boolean isTakenInPart() {
    boolean soon = fate == Fate.TRY_AGAIN || fate == Fate.REFUSED;
    return soon && notBefore == null && !settled.isEmpty();
  }

  /** The same for who has to wait: a trouble of all, which lasts or passes. */
  Delivery trouble() {
    Fate trouble = fate == Fate.TRY_MUCH_LATER ? fate : Fate.TRY_AGAIN;
    return new Delivery(trouble, notBefore, reason);
  }

  /** The items of the batch that are delivered all the same. */
  <T> List<T> settledOf(List<T> batch) {
    return of(batch, settled::contains);
  }

  /** The items of the batch that are lost all the same. */
  <T> List<T> doubtfulOf(List<T> batch) {
    return of(batch, doubtful::contains);
  }

  /** The items that the fate is about. */
  <T> List<T> othersOf(List<T> batch) {
    return of(batch, place -> !settled.contains(place) && !doubtful.contains(place));
  }

  private static <T> List<T> of(List<T> batch, IntPredicate places) {
    return IntStream.range(0, batch.size()).filter(places).mapToObj(batch::get).toList();
  }
}
