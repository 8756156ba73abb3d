package io.splitio.backend.redis.write;

import io.splitio.api.ImpressionMode;
import io.splitio.backend.Services;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.Question;
import io.splitio.backend.redis.link.RedisFault;
import io.splitio.backend.redis.link.Wire;
import io.splitio.backend.redis.link.Wires;
import io.splitio.backend.redis.settings.RedisKeys;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Event;
import io.splitio.record.Served;
import io.splitio.record.Sinks;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.UsageReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Takes what happened to Redis, for the Synchronizer to fetch. A connection of its own is never
 * used again after it broke, and what was under way on it is not sent again by itself, as it may
 * have been written.
 */
public final class RedisSinks implements Sinks {
  private static final Duration ENDING = Duration.ofSeconds(2);
  private static final long MOST_BYTES = (1 << 20) - 1_024; // of one command, its name left out
  private static final int AROUND = 16; // what Redis is told of the length of an element
  private static final Delivery DELIVERED = Delivery.of(Fate.DELIVERED);
  private static final Pace PACE =
      new Pace(500, Duration.ofMillis(200), Duration.ofMinutes(5), Duration.ofMinutes(1));

  private final Line line;
  private final Wires wires;
  private final RedisKeys keys;
  private final Expiry expiry = new Expiry(this);
  private final Tallies latencies;
  private final Tallies exceptions;
  private final Fate doubtfulEvents; // which Redis may have already
  private final Supplier<Identity> identity;

  /** Connects when something is sent. */
  public RedisSinks(RedisSettings settings, Services services, Wires wires) {
    this.line = new Line(wires, services.scheduler(), new Writing());
    this.wires = wires;
    this.keys = settings.keys();
    this.latencies = new Tallies(this, keys.latencies());
    this.exceptions = new Tallies(this, keys.exceptions());
    this.doubtfulEvents = settings.choices().resends() ? Fate.DOUBTFUL : Fate.LOST;
    this.identity = Identity.of(services.machine());
  }

  @Override
  public Pace pace() {
    return PACE;
  }

  @Override
  public CompletableFuture<Delivery> impressions(ImpressionMode mode, List<Served> batch) {
    Identity who = identity.get();
    List<byte[]> elements = new ArrayList<>(batch.size());
    batch.forEach(served -> elements.add(RedisPayloads.impression(who, served)));
    return items(keys.impressions(), elements, Fate.DOUBTFUL);
  }

  @Override
  public CompletableFuture<Delivery> events(List<Event> batch) {
    Identity who = identity.get();
    List<byte[]> elements = new ArrayList<>(batch.size());
    batch.forEach(event -> elements.add(RedisPayloads.event(who, event)));
    return items(keys.events(), elements, doubtfulEvents);
  }

  @Override
  public CompletableFuture<Delivery> uniqueKeys(List<Keys> batch) {
    List<byte[]> elements = new ArrayList<>();
    batch.forEach(ofFlag -> elements.addAll(RedisPayloads.uniqueKeys(ofFlag)));
    return items(keys.uniqueKeys(), elements, Fate.DOUBTFUL);
  }

  /** What is large is sent in parts: Redis serves nobody else meanwhile. */
  private CompletableFuture<Delivery> items(String list, List<byte[]> elements, Fate unknown) {
    long bytes = elements.stream().mapToLong(element -> element.length + AROUND).sum();
    return bytes > MOST_BYTES && elements.size() > 1
        ? CompletableFuture.completedFuture(Delivery.of(Fate.HALVE))
        : pushed(list, elements, unknown);
  }

  /** One command, which Redis carries out as a whole or not at all. */
  private CompletableFuture<Delivery> pushed(String list, List<byte[]> elements, Fate unknown) {
    byte[][] values = elements.toArray(byte[][]::new);
    return line.whenUp()
        .thenCompose(wire -> written(wire, redis -> redis.rpush(list, values)))
        .thenAccept(length -> expiry.written(list, length == values.length))
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return DELIVERED;
              }
              expiry.failed(list, failure);
              return delivery(failure, unknown);
            });
  }

  /**
   * Who does not answer here is not asked again on this connection. What a node has not done as
   * another has the keys now is asked there at once, as the next time may be too late.
   */
  <R> CompletableFuture<R> written(Wire wire, Question<R> question) {
    return asked(wire, question)
        .exceptionallyCompose(
            failure ->
                RedisFault.of(failure).isMoved() && !RedisFault.isElsewhere(failure)
                    ? line.insteadOf(wire, failure).thenCompose(other -> asked(other, question))
                    : CompletableFuture.failedFuture(failure));
  }

  /** The same, on the connection there is by now, if there is one. */
  <R> CompletableFuture<R> written(Question<R> question) {
    return line.soon().thenCompose(wire -> written(wire, question));
  }

  private <R> CompletableFuture<R> asked(Wire wire, Question<R> question) {
    return line.ask(wire, question)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null && isOfConnection(failure)) {
                line.drop(wire, failure);
              }
            });
  }

  /** Whether it is the connection that failed, and not what others had to answer. */
  private static boolean isOfConnection(Throwable failure) {
    RedisFault fault = RedisFault.of(failure);
    return !fault.isReply() && !fault.isCrowded() && !RedisFault.isElsewhere(failure);
  }

  /** What makes keys expire. */
  Expiry expiry() {
    return expiry;
  }

  @Override
  public CompletableFuture<Delivery> counts(List<Count> batch) {
    Map<String, Long> fields = new LinkedHashMap<>();
    batch.forEach(
        count -> fields.merge(count.flag() + "::" + count.hour(), count.count(), Long::sum));
    List<String> order = batch.stream().map(count -> count.flag() + "::" + count.hour()).toList();
    return incremented(keys.counts(), fields)
        .thenApply(increments -> increments.delivery(order))
        .exceptionally(failure -> delivery(failure, Fate.LOST));
  }

  /** Adds to the fields of a hash, without what is owed from before. */
  CompletableFuture<Increments> incremented(String hash, Map<String, Long> fields) {
    return fields.isEmpty()
        ? CompletableFuture.completedFuture(Increments.NONE)
        : line.whenUp().thenCompose(wire -> Increments.sent(this, wire, hash, fields));
  }

  @Override
  public CompletableFuture<Delivery> config(ConfigReport report) {
    String field = identity.get().field();
    return line.whenUp()
        .thenCompose(
            wire ->
                written(
                    wire, redis -> redis.hset(keys.init(), field, RedisPayloads.config(report))))
        .handle((done, failure) -> failure == null ? DELIVERED : delivery(failure, Fate.TRY_AGAIN));
  }

  /** What was counted about calls; the rest of the report is of no interest here. */
  @Override
  public CompletableFuture<Delivery> usage(UsageReport report) {
    String who = identity.get().field();
    Map<String, Long> latencies = new LinkedHashMap<>();
    report
        .interval()
        .methodLatencies()
        .forEach(
            (method, buckets) -> {
              for (int i = 0; i < buckets.size(); i++) {
                if (buckets.get(i) > 0) {
                  latencies.put(who + "/" + RedisPayloads.method(method) + "/" + i, buckets.get(i));
                }
              }
            });
    Map<String, Long> exceptions = new LinkedHashMap<>();
    report
        .interval()
        .methodExceptions()
        .forEach((method, n) -> exceptions.put(who + "/" + RedisPayloads.method(method), n));
    return this.latencies
        .add(latencies)
        .thenCombine(this.exceptions.add(exceptions), Increments::and)
        .thenApply(Increments::delivery);
  }

  @Override
  public void suspend() {
    wires.suspend(line.stop(), ENDING);
  }

  /** Connects when something is sent. */
  @Override
  public void resume() {
    wires.resume();
  }

  @Override
  public void close() {
    close(ENDING);
  }

  @Override
  public void close(Duration left) {
    wires.close(line.stop(), left.compareTo(ENDING) < 0 ? left : ENDING);
  }

  /** What a failure means for a batch (Redis specification 10.2). */
  static Delivery delivery(Throwable failure, Fate unknown) {
    RedisFault fault = RedisFault.of(failure);
    if (fault.isReply()) {
      return new Delivery(
          fault.lasting() ? Fate.TRY_MUCH_LATER : Fate.TRY_AGAIN, null, fault.advised());
    }
    return fault.surelyNotSent()
        ? new Delivery(Fate.TRY_AGAIN, null, fault.said())
        : new Delivery(unknown, null, fault.said() + "; Redis may have it, or not");
  }
}
