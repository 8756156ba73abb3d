package io.splitio.backend.redis.link;

import io.splitio.backend.Lane;
import io.splitio.backend.Verdict;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.engine.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is made again whenever there is none: at once when it was up, and then about
 * every half second. It counts as up once its first use succeeded.
 */
public final class Line {
  private static final int SHORTEST_PAUSE = 250;
  private static final int LONGEST_PAUSE = 750;
  private static final int LASTING = 10;
  private static final long APART = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Duration HOPE = Duration.ofMillis(500);
  private static final int MOST_MOVES = 2;

  private final Wires wires;
  private final Lane lane;
  private final Use use;
  private final Duration hopeful;
  private volatile @Nullable Wire up; // written by tasks of the lane
  private volatile @Nullable CompletableFuture<Wire> hope; // written by tasks of the lane

  // confined to the lane
  private boolean wanted;
  private @Nullable Wire opening;
  private @Nullable Future<?> retry;
  private @Nullable Future<?> hoping;
  private int moved; // in a row, before the line was up
  private int attempt;
  private long openedAtOnce = System.nanoTime() - APART;
  private CompletableFuture<Wire> next = new CompletableFuture<>();

  public Line(Wires wires, ScheduledExecutorService scheduler, Use use) {
    this(wires, scheduler, use, HOPE);
  }

  /** The same for who waits for another connection for another while than half a second. */
  Line(Wires wires, ScheduledExecutorService scheduler, Use use, Duration hopeful) {
    this.hopeful = hopeful;
    this.wires = wires;
    this.lane = new Lane(scheduler);
    this.use = use;
  }

  /** What a line is for. Called by tasks of its lane. */
  public interface Use {
    /** Says the first thing on a new connection; the line is up when that succeeded. */
    CompletionStage<?> begin(Wire wire);

    /** The line is up. */
    void up();

    /** It is not up, or is so no more. */
    void down(Throwable cause);

    /** Something is elsewhere for now; on any thread. */
    default void elsewhere() {}

    /** The line is closed on purpose. */
    default void stopped() {}

    /** How long to wait before the next attempt, or null where it makes no difference. */
    default @Nullable Duration patience(Throwable cause) {
      return null;
    }
  }

  /** The connection if the line is up, or null. */
  public @Nullable Wire wire() {
    return up;
  }

  /** Connects, and keeps connected from now on; who asks meanwhile may hope at once. */
  public void start() {
    lane.executeHere(
        () -> {
          if (!wanted) {
            wanted = true;
            hope();
            lane.execute(this::open);
          }
        });
  }

  /**
   * The connection, as soon as the line is up, started or not; fails when the next attempt does.
   */
  public CompletableFuture<Wire> whenUp() {
    Wire now = up;
    if (now != null) {
      return CompletableFuture.completedFuture(now);
    }
    CompletableFuture<Wire> soon = new CompletableFuture<>();
    lane.execute(
        () -> {
          relay(up == null ? next : CompletableFuture.completedFuture(up), soon);
          start();
        });
    return soon;
  }

  /**
   * The connection. While one that broke is made anew for the first time, that is worth waiting for
   * a moment; else this fails at once where there is none.
   */
  public CompletableFuture<Wire> soon() {
    CompletableFuture<Wire> hoped = hope;
    Wire now = up;
    if (now != null) {
      return CompletableFuture.completedFuture(now);
    }
    return hoped == null
        ? CompletableFuture.failedFuture(new UnavailableException("there is no connection"))
        : hoped;
  }

  /**
   * Another connection than one that proved to be of no use, which is waited for like {@link
   * #soon}.
   */
  public CompletableFuture<Wire> insteadOf(Wire useless, Throwable why) {
    CompletableFuture<Wire> other = new CompletableFuture<>();
    lane.execute(
        () -> {
          lost(useless, why);
          relay(soon(), other);
        });
    return other;
  }

  private static void relay(CompletableFuture<Wire> from, CompletableFuture<Wire> to) {
    CompletableFuture<?> unused =
        from.whenComplete(
            (wire, failure) -> {
              if (failure == null) {
                to.complete(wire);
              } else {
                to.completeExceptionally(failure);
              }
            });
  }

  /** Asks something on a connection of this line; what is elsewhere is asked there. */
  public <R> CompletableFuture<R> ask(Wire wire, Question<R> question) {
    return question
        .on(wire)
        .whenComplete((reply, failure) -> noteAnswer(wire, failure))
        .exceptionallyCompose(failure -> elsewhere(wire, question, failure));
  }

  private static void noteAnswer(Wire wire, @Nullable Throwable failure) {
    RedisFault fault = failure == null ? null : RedisFault.of(failure);
    if (fault == null || (fault.isReply() && !fault.isOfServer())) {
      wire.heard();
    }
  }

  private <R> CompletableFuture<R> elsewhere(Wire wire, Question<R> question, Throwable failure) {
    RedisFault fault = RedisFault.of(failure);
    Node other = fault.isElsewhereForNow() ? fault.target(wire.node()) : null;
    if (other != null) {
      use.elsewhere();
      return wire.whileElsewhere(wires.detour(other, question));
    }
    if (fault.isOfThisConnection()) {
      drop(wire, failure);
    }
    return CompletableFuture.failedFuture(failure);
  }

  /** Gives a connection up that is of no use any more, and makes another. */
  public void drop(Wire useless, Throwable why) {
    lane.execute(() -> lost(useless, why));
  }

  /** Tries at once what waits for its next attempt, unless nothing is wanted. */
  public void hurry(Verdict verdict) {
    verdict.appeal(lane, () -> wanted, this::hurried);
  }

  private void hurried() {
    if (retry != null) {
      retry = Lane.cancelled(retry);
      open();
    }
  }

  /**
   * Connects anew: what there is may lead to where it should not, and so may an attempt that is
   * under way.
   */
  public void renew(Throwable why) {
    lane.execute(
        () -> {
          if (up != null) {
            lost(up, why);
            hurried();
            return;
          }
          wanted = true;
          retry = Lane.cancelled(retry);
          Wire unfinished = opening;
          opening = null;
          open(); // what an earlier attempt brings is hung up
          if (unfinished != null) {
            Wire.hangUp(unfinished);
          }
        });
  }

  /** Disconnects, until it is started again. */
  public CompletableFuture<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    lane.execute(
        () -> {
          wanted = false;
          attempt++;
          retry = Lane.cancelled(retry);
          Wire old = up == null ? opening : up;
          up = null;
          opening = null;
          giveUpHope(stopped());
          if (old != null) {
            Wire.hangUp(old);
          }
          use.stopped();
          failNext(stopped());
          stopped.complete(null);
        });
    return stopped;
  }

  private static IllegalStateException stopped() {
    return new IllegalStateException("the connection is closed");
  }

  private void open() {
    if (!wanted) {
      return;
    }
    int mine = ++attempt;
    CompletionStage<Wire> made;
    try {
      made = wires.open();
    } catch (RuntimeException | Error e) { // such as too little memory for a thread
      failed(mine, e);
      return;
    }
    CompletionStage<?> unused =
        made.whenCompleteAsync(
            (wire, failure) -> {
              if (failure == null) {
                opened(mine, wire);
              } else {
                failed(mine, failure);
              }
            },
            lane);
  }

  private void opened(int mine, Wire wire) {
    if (mine != attempt || !wanted) {
      Wire.hangUp(wire);
      return;
    }
    opening = wire;
    wire.whenLost(why -> drop(wire, why));
    CompletionStage<?> unused =
        use.begin(wire)
            .whenCompleteAsync(
                (done, failure) -> {
                  if (failure == null) {
                    begun(mine, wire);
                  } else {
                    lost(wire, failure);
                  }
                },
                lane);
  }

  private void begun(int mine, Wire wire) {
    if (mine != attempt || opening != wire) {
      return;
    }
    opening = null;
    up = wire;
    moved = 0;
    use.up();
    CompletableFuture<Wire> awaited = next;
    next = new CompletableFuture<>();
    awaited.complete(wire);
    CompletableFuture<Wire> hoped = hope;
    hope = null;
    hoping = Lane.cancelled(hoping);
    if (hoped != null) {
      hoped.complete(wire);
    }
  }

  private void lost(Wire wire, Throwable cause) {
    RedisFault fault = RedisFault.of(cause);
    if (wire != up && wire != opening) {
      leave(wire, fault);
      return;
    }
    boolean atOnce =
        wire == up
            ? System.nanoTime() - openedAtOnce > APART
            : fault.isMoved() && ++moved <= MOST_MOVES;
    if (atOnce && (fault.isLost() || fault.isMoved())) {
      hope(); // before there is no connection, lest somebody sees neither
    }
    up = null;
    opening = null;
    leave(wire, fault);
    wires.heard(fault, wire);
    if (!atOnce) {
      failed(attempt, cause);
      return;
    }
    openedAtOnce = System.nanoTime();
    if (!fault.isMoved()) {
      use.down(cause);
    }
    open();
  }

  private static void leave(Wire wire, RedisFault fault) {
    if (fault.isReply() && fault.sent()) {
      Wire.retire(wire); // it answers, and what is under way may have been written
    } else {
      Wire.hangUp(wire);
    }
  }

  /** Has those who ask wait for the next connection, as Redis is there as far as is known. */
  private void hope() {
    if (hope == null) {
      hope = new CompletableFuture<>();
    }
    Future<?> unused = Lane.cancelled(hoping); // whoever is sent on begins anew
    hoping =
        lane.after(
            hopeful,
            () -> giveUpHope(new UnavailableException("the connection is not made anew yet")));
  }

  private void giveUpHope(Throwable why) {
    CompletableFuture<Wire> hoped = hope;
    hope = null;
    hoping = Lane.cancelled(hoping);
    if (hoped != null) {
      hoped.completeExceptionally(new NotSentException(why));
    }
  }

  private void failed(int mine, Throwable cause) {
    if (mine != attempt || !wanted) {
      return;
    }
    use.down(cause);
    failNext(cause);
    giveUpHope(cause);
    retry = lane.after(pause(cause), this::hurried);
  }

  /** What a person has to mend is not tried so often. */
  private Duration pause(Throwable cause) {
    Duration wanted = use.patience(cause);
    if (wanted != null) {
      return wanted;
    }
    long millis = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE);
    return Duration.ofMillis(RedisFault.of(cause).lasting() ? millis * LASTING : millis);
  }

  private void failNext(Throwable cause) {
    CompletableFuture<Wire> awaited = next;
    next = new CompletableFuture<>();
    awaited.completeExceptionally(new NotSentException(cause));
  }
}
