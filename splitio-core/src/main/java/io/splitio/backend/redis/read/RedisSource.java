package io.splitio.backend.redis.read;

import io.splitio.backend.Lane;
import io.splitio.backend.Services;
import io.splitio.backend.Source;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.RedisSettings;
import io.splitio.backend.redis.link.Wire;
import io.splitio.backend.redis.link.Wires;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers each question with what was gathered for it: from local copies as long as they are fresh,
 * else from Redis, within a budget. What is not there in time is served from older copies, or not
 * at all.
 */
public final class RedisSource implements Source {
  private static final Duration BEAT = Duration.ofSeconds(30);
  private static final Duration LISTING = Duration.ofSeconds(10);

  private final RedisSettings.Times times;
  private final Services services;
  private final Watch watch;
  private final Line line;
  private final Reads reads;
  private final Local local;
  private @Nullable Future<?> beat; // guarded by this

  /** Nothing is asked before it is started. */
  public RedisSource(RedisSettings settings, Services services, Wires wires) {
    this.times = settings.times();
    this.services = services;
    this.watch = new Watch(settings, services);
    this.line = new Line(wires, services.scheduler(), watch);
    this.reads = new Reads(line, settings.keys(), settings.choices().retriesReads());
    this.local = Local.copies(settings.keys(), services.dateUnit(), times.copies().toNanos());
  }

  @Override
  public CompletableFuture<Void> start() {
    resume();
    return watch.started();
  }

  @Override
  public Snapshot snapshot(String key, String flag) {
    return snapshot(new Query(key, List.of(flag), List.of(), false));
  }

  @Override
  public Snapshot snapshot(Query query) {
    if (!watch.started().isDone()) {
      return Snapshot.EMPTY;
    }
    return query.everything() ? listed(query) : answered(gathering(query), times.call());
  }

  private Snapshot answered(Gathering gathering, Duration budget) {
    CompletableFuture<Snapshot> soon = gathering.begin();
    try {
      Snapshot snapshot = soon.get(budget.toNanos(), TimeUnit.NANOSECONDS);
      watch.answered(gathering.connectionFailure(), line);
      return snapshot;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return gathering.giveUp("the calling thread was interrupted");
    } catch (TimeoutException | ExecutionException e) {
      watch.answered(e, line);
      return gathering.giveUp("there was no answer within " + budget);
    }
  }

  @Override
  public CompletableFuture<Snapshot> snapshotAsync(Query query) {
    if (!watch.started().isDone()) {
      return CompletableFuture.completedFuture(Snapshot.EMPTY);
    }
    return query.everything()
        ? within(LISTING, reads.flagNames())
            .thenCompose(names -> later(named(query, names), LISTING))
        : later(query, times.call());
  }

  /** What comes later is answered on no thread of the SDK: the caller may take its time there. */
  private CompletableFuture<Snapshot> later(Query query, Duration budget) {
    Gathering gathering = gathering(query);
    CompletableFuture<Snapshot> soon = gathering.begin();
    if (soon.isDone()) {
      return soon;
    }
    Future<?> deadline =
        services
            .scheduler()
            .schedule(
                () -> {
                  gathering.giveUp("there was no answer within " + budget);
                  watch.answered(new TimeoutException("no answer within " + budget), line);
                },
                budget.toNanos(),
                TimeUnit.NANOSECONDS);
    return soon.thenApplyAsync(
        snapshot -> {
          if (deadline.cancel(false)) {
            watch.answered(gathering.connectionFailure(), line);
          }
          return snapshot;
        });
  }

  private Gathering gathering(Query query) {
    return new Gathering(local, reads, query, times.stale().toNanos());
  }

  private Snapshot listed(Query query) {
    try {
      Set<String> names = reads.flagNames().get(LISTING.toNanos(), TimeUnit.NANOSECONDS);
      return answered(gathering(named(query, names)), LISTING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Snapshot.EMPTY;
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException("Redis did not list the flags within " + LISTING, e);
    }
  }

  private static Query named(Query query, Set<String> names) {
    return new Query(query.key(), names, List.of(), false);
  }

  private <T> CompletableFuture<T> within(Duration budget, CompletableFuture<T> answer) {
    Future<?> deadline =
        services
            .scheduler()
            .schedule(
                () ->
                    answer.completeExceptionally(
                        new TimeoutException("Redis did not answer within " + budget)),
                budget.toNanos(),
                TimeUnit.NANOSECONDS);
    return answer
        .whenComplete((value, failure) -> deadline.cancel(false))
        .thenApplyAsync(Function.identity());
  }

  @Override
  public Snapshot held() {
    return local.everything();
  }

  @Override
  public CompletableFuture<Void> suspend() {
    synchronized (this) {
      beat = Lane.cancelled(beat);
    }
    return line.stop();
  }

  @Override
  public void resume() {
    line.start();
    synchronized (this) {
      if (beat == null) {
        beat =
            services
                .scheduler()
                .scheduleWithFixedDelay(
                    this::beat, BEAT.toNanos(), BEAT.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  /** Looks whether the connection still answers, also while nobody asks. */
  private void beat() {
    Wire wire = line.wire();
    if (wire != null) {
      reads
          .versions(wire)
          .whenComplete(
              (versions, failure) -> {
                if (failure == null) {
                  services.report().succeeded();
                } else {
                  line.drop(wire, failure);
                }
              });
    }
  }

  @Override
  public void retryNow() {
    line.hurry();
  }

  @Override
  public void close() {
    CompletableFuture<Void> unused = suspend();
  }
}
