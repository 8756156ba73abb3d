package io.splitio.backend.redis.read;

import io.splitio.backend.Lane;
import io.splitio.backend.Services;
import io.splitio.backend.Source;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.RedisFault;
import io.splitio.backend.redis.link.Wire;
import io.splitio.backend.redis.link.Wires;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import io.splitio.engine.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Hot hot;
  private final Answers answers;
  private final Rehearsal rehearsal;
  private final @Nullable Line tracking; // null when Redis is not to tell of changes
  private volatile boolean resting; // written under the monitor
  private @Nullable Future<?> beat; // guarded by this
  private boolean armed; // guarded by this; else nothing but the first connection is made

  /** Nothing is asked before it is started. */
  public RedisSource(RedisSettings settings, Services services, Wires wires) {
    this.times = settings.times();
    this.services = services;
    Complaints complaints = new Complaints(settings.address());
    this.local = Local.copies(settings, services.dateUnit());
    this.watch = new Watch(settings, services, complaints, local.wipe());
    this.line = new Line(wires, services.scheduler(), watch);
    boolean clustered = settings.address() instanceof Address.Cluster;
    this.reads = new Reads(line, local, complaints, settings.choices().retriesReads(), clustered);
    this.hot = new Hot(local.push(), local.members());
    this.answers = new Answers(services.threads().apply("answers"), services.scheduler());
    Line nobodys = new Line(wires, services.scheduler(), watch);
    this.rehearsal = new Rehearsal(settings, services.dateUnit(), nobodys);
    boolean pushed = settings.choices().pushed() && !times.copies().isZero();
    this.tracking =
        pushed
            ? new Line(
                wires,
                services.scheduler(),
                new Tracking(settings.keys(), local, services.scheduler()))
            : null;
    watch.whenUp(this::rearm);
    watch.whenElsewhere(local::toldNoMore); // the node that tells of changes has not all of it
  }

  @Override
  public CompletableFuture<Void> start() {
    resume();
    return ready();
  }

  private CompletableFuture<Void> ready() {
    return rehearsal.on(services.scheduler()).thenCompose(done -> watch.started());
  }

  /** Connects, and has nobody told of changes: that would be a connection too many to rest with. */
  @Override
  public CompletableFuture<Void> load() {
    line.start();
    return ready();
  }

  /**
   * After each new connection, as the keys may be elsewhere now, and when a change was not told.
   */
  private synchronized void rearm() {
    if (tracking != null && armed) {
      tracking.renew(new IllegalStateException("the node that has the keys is asked anew"));
    }
  }

  @Override
  public Snapshot snapshot(String key, String flag) {
    Snapshot known = hot.answer(key, flag);
    return known == null ? gathered(new Query(key, List.of(flag), List.of(), false)) : known;
  }

  @Override
  public Snapshot snapshot(Query query) {
    if (query.everything()) {
      return watch.started().isDone() ? listed(query) : Snapshot.EMPTY;
    }
    Snapshot known = known(query);
    return known == null ? gathered(query) : known;
  }

  private @Nullable Snapshot known(Query query) {
    String flag = only(query);
    return flag == null ? null : hot.answer(query.key(), flag);
  }

  private static @Nullable String only(Query query) {
    return query.flags().size() == 1 && query.flagSets().isEmpty()
        ? query.flags().iterator().next()
        : null;
  }

  private Snapshot gathered(Query query) {
    return watch.started().isDone() ? answered(query, times.call()) : Snapshot.EMPTY;
  }

  private Snapshot answered(Query query, Duration budget) {
    Gathering gathering = gathering(query);
    CompletableFuture<Snapshot> soon = gathering.begin();
    try {
      Snapshot snapshot = awaited(soon, budget);
      settled(query, gathering);
      return snapshot;
    } catch (TimeoutException | ExecutionException e) {
      watch.answered(
          new TimeoutException("there was no answer within " + budget), line, gathering.on());
      return gathering.giveUp("there was no answer within " + budget);
    }
  }

  /** Who is interrupted gets an answer all the same, and keeps the interrupt for later. */
  private static <T> T awaited(Future<T> answer, Duration budget)
      throws ExecutionException, TimeoutException {
    long end = System.nanoTime() + budget.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void settled(Query query, Gathering gathering) {
    if (gathering.askedRedis()) {
      watch.answered(gathering.trouble(), line, gathering.on());
    }
    String flag = only(query);
    if (flag != null && !query.definitionsOnly()) {
      hot.remember(flag, gathering.outcome());
    }
  }

  @Override
  public CompletableFuture<Snapshot> snapshotAsync(Query query) {
    if (!watch.started().isDone()) {
      return CompletableFuture.completedFuture(Snapshot.EMPTY);
    }
    if (query.everything()) {
      return within(LISTING, reads.flagNames(LISTING))
          .exceptionallyCompose(why -> CompletableFuture.failedFuture(unlisted(why)))
          .thenCompose(names -> later(named(query, names), LISTING));
    }
    Snapshot known = known(query);
    return known == null ? later(query, times.call()) : CompletableFuture.completedFuture(known);
  }

  private CompletableFuture<Snapshot> later(Query query, Duration budget) {
    Gathering gathering = gathering(query);
    CompletableFuture<Snapshot> soon = gathering.begin();
    if (soon.isDone()) {
      settled(query, gathering);
      return soon;
    }
    AtomicBoolean late = new AtomicBoolean();
    Future<?> deadline =
        services
            .scheduler()
            .schedule(
                () -> {
                  if (soon.isDone()) {
                    return;
                  }
                  late.set(true);
                  gathering.giveUp("there was no answer within " + budget);
                  watch.answered(
                      new TimeoutException("there was no answer within " + budget),
                      line,
                      gathering.on());
                },
                budget.toNanos(),
                TimeUnit.NANOSECONDS);
    return soon.thenApplyAsync(
        snapshot -> {
          deadline.cancel(false);
          if (!late.get()) {
            settled(query, gathering);
          }
          return snapshot;
        },
        answers);
  }

  private Gathering gathering(Query query) {
    long stale = resting ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(times.stale());
    return new Gathering(local, reads, query, stale, line.wire());
  }

  private Snapshot listed(Query query) {
    try {
      return answered(named(query, awaited(reads.flagNames(LISTING), LISTING)), LISTING);
    } catch (TimeoutException e) {
      throw new UnavailableException("Redis did not list the flags within " + LISTING);
    } catch (ExecutionException e) {
      throw unlisted(e);
    }
  }

  private static UnavailableException unlisted(Throwable why) {
    return new UnavailableException(
        "Redis did not list the flags: " + RedisFault.of(why).advised(), why);
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
                        new UnavailableException("Redis did not answer within " + budget)),
                budget.toNanos(),
                TimeUnit.NANOSECONDS);
    return answer
        .whenComplete((value, failure) -> deadline.cancel(false))
        .thenApplyAsync(Function.identity(), answers);
  }

  @Override
  public Snapshot held() {
    return local.everything();
  }

  @Override
  public synchronized CompletableFuture<Void> suspend() {
    armed = false;
    resting = true; // what is held is all there is until it goes on
    beat = Lane.cancelled(beat);
    answers.suspend();
    return tracking == null ? line.stop() : CompletableFuture.allOf(line.stop(), tracking.stop());
  }

  @Override
  public synchronized void resume() {
    if (armed) {
      return;
    }
    armed = true;
    resting = false;
    answers.resume();
    line.start();
    line.hurry(services.report().verdict());
    if (line.wire() != null) {
      rearm(); // it was up before anybody wanted to be told of changes
    }
    beat =
        services
            .scheduler()
            .scheduleWithFixedDelay(
                this::beat, BEAT.toNanos(), BEAT.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Looks whether the connection still answers, also while nobody asks. */
  private void beat() {
    Wire wire = line.wire();
    if (wire != null) {
      CompletableFuture<?> unused =
          reads
              .versions(wire)
              .whenComplete(
                  (versions, failure) -> {
                    if (failure == null) {
                      watch.alive();
                      if (local.compare(versions) || tellsNothing()) {
                        rearm();
                      }
                    } else {
                      watch.silent(wire, failure, line);
                    }
                  });
    }
  }

  private boolean tellsNothing() {
    return tracking != null && tracking.wire() != null && local.push().epoch() == Push.NONE;
  }

  @Override
  public void retryNow() {
    line.hurry(services.report().verdict());
  }

  @Override
  public void close() {
    CompletableFuture<Void> unused = suspend();
    answers.close();
  }
}
