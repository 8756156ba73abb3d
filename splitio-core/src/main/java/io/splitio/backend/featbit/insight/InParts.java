package io.splitio.backend.featbit.insight;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A batch as documents of so many events as FeatBit takes in one, which are sent at the same time
 * (FeatBit specification 1.2).
 */
public final class InParts {
  private static final int PART = InsightSettings.EVENTS_PER_REQUEST;

  /** Nothing is given up or put off for another's sake; of equal ones the longest wish counts. */
  private static final Comparator<Delivery> MILDEST =
      Comparator.<Delivery>comparingInt(InParts::mildness).thenComparing(InParts::wish);

  private final int size;
  private final List<byte[]> documents;

  private InParts(int size, List<byte[]> documents) {
    this.size = size;
    this.documents = documents;
  }

  /** Writes all of them first: one that cannot be written keeps the others from being sent. */
  public static <T> InParts of(List<T> batch, Function<List<T>, byte[]> writer) {
    List<byte[]> documents = new ArrayList<>();
    for (int from = 0; from < batch.size(); from += PART) {
      documents.add(writer.apply(batch.subList(from, Math.min(batch.size(), from + PART))));
    }
    return new InParts(batch.size(), documents);
  }

  /** Sends them; what becomes of the batch is what became of those that did not arrive. */
  public CompletableFuture<Delivery> sent(Function<byte[], CompletableFuture<Delivery>> sender) {
    List<CompletableFuture<Delivery>> sent =
        documents.stream().map(document -> begun(sender, document)).toList();
    return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> together(sent.stream().map(CompletableFuture::join).toList()));
  }

  /** One that cannot set out, such as for want of a thread, does not undo those that did. */
  private static CompletableFuture<Delivery> begun(
      Function<byte[], CompletableFuture<Delivery>> sender, byte[] document) {
    try {
      return sender.apply(document);
    } catch (RuntimeException | Error e) {
      return completedFuture(new Delivery(Fate.TRY_AGAIN, null, e.getClass().getName()));
    }
  }

  private Delivery together(List<Delivery> parts) {
    Set<Integer> arrived = new HashSet<>();
    Delivery trouble = null;
    for (int part = 0; part < parts.size(); part++) {
      Delivery delivery = parts.get(part);
      if (delivery.fate() == Fate.DELIVERED) {
        IntStream.range(part * PART, Math.min(size, (part + 1) * PART)).forEach(arrived::add);
      } else if (trouble == null || MILDEST.compare(delivery, trouble) > 0) {
        trouble = delivery;
      }
    }
    if (trouble == null) {
      return Delivery.of(Fate.DELIVERED);
    }
    return (arrived.isEmpty() ? trouble : passing(trouble)).except(arrived, Set.of());
  }

  /** What only a person can mend would befall all of them, and not a part. */
  private static Delivery passing(Delivery trouble) {
    return trouble.fate() == Fate.TRY_MUCH_LATER
        ? new Delivery(Fate.TRY_AGAIN, trouble.notBefore(), trouble.reason())
        : trouble;
  }

  private static int mildness(Delivery delivery) {
    return switch (delivery.fate()) {
      case TRY_AGAIN -> 3;
      case TRY_MUCH_LATER -> 2;
      case HALVE -> 1;
      default -> 0;
    };
  }

  private static Duration wish(Delivery delivery) {
    return delivery.notBefore() == null ? Duration.ZERO : delivery.notBefore();
  }
}
