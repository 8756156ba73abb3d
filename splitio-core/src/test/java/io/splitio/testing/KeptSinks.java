package io.splitio.testing;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.splitio.api.ImpressionMode;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Event;
import io.splitio.record.Served;
import io.splitio.record.Sinks;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.UsageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A service that keeps what it is sent. It answers as it is told, and that it has everything when
 * it is told nothing.
 */
public final class KeptSinks implements Sinks {
  private final List<List<Served>> impressions = new CopyOnWriteArrayList<>();
  private final List<List<Count>> counts = new CopyOnWriteArrayList<>();
  private final List<List<Keys>> keys = new CopyOnWriteArrayList<>();
  private final List<List<Event>> events = new CopyOnWriteArrayList<>();
  private final List<ConfigReport> configs = new CopyOnWriteArrayList<>();
  private final List<UsageReport> usages = new CopyOnWriteArrayList<>();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final Queue<CompletableFuture<Delivery>> answers = new ConcurrentLinkedQueue<>();

  private volatile Function<String, CompletableFuture<Delivery>> otherwise =
      what -> completedFuture(Delivery.of(Fate.DELIVERED));

  /** The next batches meet these fates, in this order. */
  public KeptSinks then(Fate... fates) {
    for (Fate fate : fates) {
      answers.add(completedFuture(Delivery.of(fate)));
    }
    return this;
  }

  /** The next batch is answered when the test says so. */
  public CompletableFuture<Delivery> thenLater() {
    CompletableFuture<Delivery> later = new CompletableFuture<>();
    answers.add(later);
    return later;
  }

  /** All further batches meet this fate. */
  public KeptSinks always(Fate fate) {
    return answering(what -> completedFuture(Delivery.of(fate)));
  }

  /** All further batches are answered by their name. */
  public KeptSinks answering(Function<String, CompletableFuture<Delivery>> answer) {
    otherwise = answer;
    return this;
  }

  private <T> CompletableFuture<Delivery> take(String what, List<T> kept, T batch) {
    order.add(what);
    CompletableFuture<Delivery> next = answers.poll();
    CompletableFuture<Delivery> answer = next == null ? otherwise.apply(what) : next;
    return answer.thenApply(
        delivery -> {
          if (delivery.fate() == Fate.DELIVERED) {
            kept.add(batch);
          }
          return delivery;
        });
  }

  @Override
  public CompletableFuture<Delivery> impressions(ImpressionMode mode, List<Served> batch) {
    return take("impressions", impressions, List.copyOf(batch));
  }

  @Override
  public CompletableFuture<Delivery> counts(List<Count> batch) {
    return take("counts", counts, List.copyOf(batch));
  }

  @Override
  public CompletableFuture<Delivery> uniqueKeys(List<Keys> batch) {
    return take("keys", keys, List.copyOf(batch));
  }

  @Override
  public CompletableFuture<Delivery> events(List<Event> batch) {
    return take("events", events, List.copyOf(batch));
  }

  @Override
  public CompletableFuture<Delivery> config(ConfigReport report) {
    return take("config", configs, report);
  }

  @Override
  public CompletableFuture<Delivery> usage(UsageReport report) {
    return take("usage", usages, report);
  }

  /** What was sent, in order, delivered or not. */
  public List<String> order() {
    return order;
  }

  /** The batches of impressions that were delivered. */
  public List<List<Served>> impressionBatches() {
    return impressions;
  }

  /** The impressions that were delivered. */
  public List<Served> impressions() {
    return all(impressions);
  }

  /** The counts that were delivered. */
  public List<Count> counts() {
    return all(counts);
  }

  /** The batches of unique keys that were delivered. */
  public List<List<Keys>> keyBatches() {
    return keys;
  }

  /** The events that were delivered. */
  public List<Event> events() {
    return all(events);
  }

  /** The reports of the set-up that were delivered. */
  public List<ConfigReport> configs() {
    return configs;
  }

  /** The reports of use that were delivered. */
  public List<UsageReport> usages() {
    return usages;
  }

  private static <T> List<T> all(List<List<T>> batches) {
    List<T> all = new ArrayList<>();
    batches.forEach(all::addAll);
    return all;
  }
}
