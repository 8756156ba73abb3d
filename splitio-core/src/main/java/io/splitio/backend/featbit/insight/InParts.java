package io.splitio.backend.featbit.insight;

import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A batch as documents of so many events as FeatBit takes in one, which are sent at the same time
 * (FeatBit specification 1.2).
 *
 * @param size how many events the batch has
 * @param documents all but the last one full
 */
public record InParts(int size, List<byte[]> documents) {
  private static final int PART = InsightSettings.EVENTS_PER_REQUEST;

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
    List<CompletableFuture<Delivery>> sent = documents.stream().map(sender).toList();
    return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> together(sent.stream().map(CompletableFuture::join).toList()));
  }

  private Delivery together(List<Delivery> parts) {
    Set<Integer> arrived = new HashSet<>();
    Delivery trouble = null;
    for (int part = 0; part < parts.size(); part++) {
      Delivery delivery = parts.get(part);
      if (delivery.fate() == Fate.DELIVERED) {
        IntStream.range(part * PART, Math.min(size, (part + 1) * PART)).forEach(arrived::add);
      } else if (trouble == null || (delivery.fate().isPassing() && !trouble.fate().isPassing())) {
        trouble = delivery; // one that says nothing of the events goes before one that does
      }
    }
    return trouble == null ? Delivery.of(Fate.DELIVERED) : trouble.except(arrived, Set.of());
  }
}
