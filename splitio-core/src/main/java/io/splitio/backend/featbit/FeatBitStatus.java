package io.splitio.backend.featbit;

import io.splitio.backend.Verdict;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.FeatBitState.Problem;
import io.splitio.net.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a feed, for those who ask, wait and listen (FeatBit specification 3.1). Off is
 * final.
 *
 * <p>Under its monitor nobody is called but who releases those that wait for flags. Listeners are
 * told outside of it, by one thread at a time: whoever changes the state meanwhile leaves that to
 * it.
 */
public final class FeatBitStatus implements Verdict {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final Clock clock;
  private final CopyOnWriteArrayList<Consumer<FeatBitState>> listeners =
      new CopyOnWriteArrayList<>();
  // guarded by this
  private final Queue<News> untold = new ArrayDeque<>();
  private FeatBitState current;
  private boolean telling; // whether a thread tells what is untold
  private boolean inVain; // to wait for OK
  private int wishes; // for another attempt, of which nobody has said what becomes of them

  /** A change, for those who listened when it was made. */
  private record News(FeatBitState state, List<Consumer<FeatBitState>> listeners) {}

  FeatBitStatus(Clock clock) {
    this.clock = clock;
    this.current = new FeatBitState(FeatBitState.Type.INITIALIZING, clock.instant(), null);
  }

  /** The state now; if it is just becoming OK, when all that goes with it is true. */
  public synchronized FeatBitState current() {
    return current;
  }

  /** Has somebody told of each change, soon, once and in order; should not wait. */
  public void listen(Consumer<FeatBitState> listener) {
    boolean unused = listeners.addIfAbsent(listener);
  }

  /** Ends that. */
  public void ignore(Consumer<FeatBitState> listener) {
    boolean unused = listeners.remove(listener);
  }

  /**
   * Definitions were taken in. Nobody hears of it after the end.
   *
   * @param release lets those go on who wait for flags: they see this state, as who asks for it
   *     waits for the end of this, and those who wait for this state see flags. It must not call
   *     the application, which may hold a lock while it asks for the state
   * @param afterwards does what else there is to do, before listeners hear of this state
   */
  void ok(Runnable release, Runnable afterwards) {
    boolean mine;
    synchronized (this) {
      if (current.type() == FeatBitState.Type.OFF) {
        return;
      }
      inVain = false;
      set(FeatBitState.Type.OK, null);
      release.run();
      mine = begins();
    }
    try {
      afterwards.run();
    } finally {
      tell(mine);
    }
  }

  /**
   * There is trouble. Before the first definitions that is told as an error only, unless waiting is
   * in vain.
   */
  void interrupted(ErrorType type, String message) {
    boolean mine;
    synchronized (this) {
      trouble(type.lasting());
      boolean initializing = current.type() == FeatBitState.Type.INITIALIZING && !type.lasting();
      set(
          initializing ? FeatBitState.Type.INITIALIZING : FeatBitState.Type.INTERRUPTED,
          new Problem(type, message));
      mine = begins();
    }
    tell(mine);
  }

  /**
   * There is trouble that only a person can mend, whatever its type, so that waiting is in vain.
   */
  void failedForGood(ErrorType type, String message) {
    boolean mine;
    synchronized (this) {
      trouble(true);
      set(FeatBitState.Type.INTERRUPTED, new Problem(type, message));
      mine = begins();
    }
    tell(mine);
  }

  /** For who holds the lock. Other trouble later does not mend what lasts. */
  private void trouble(boolean lasts) {
    inVain |= lasts;
  }

  /** What kind of trouble ended a connection. */
  static ErrorType kind(int code, Trouble reason) {
    if (code != 0) {
      return ErrorType.UNKNOWN_CLOSE_CODE;
    }
    return reason instanceof Trouble.Transport transport && transport.kind().ofConnection()
        ? ErrorType.WEBSOCKET
        : ErrorType.NETWORK;
  }

  /** The end. */
  void off() {
    boolean mine;
    synchronized (this) {
      set(FeatBitState.Type.OFF, null);
      mine = begins();
    }
    tell(mine);
  }

  /** For who holds the lock. */
  private void set(FeatBitState.Type type, @Nullable Problem problem) {
    FeatBitState before = current;
    if (before.type() == FeatBitState.Type.OFF || (before.type() == type && problem == null)) {
      return; // it is no news
    }
    current =
        new FeatBitState(type, before.type() == type ? before.since() : clock.instant(), problem);
    untold.add(new News(current, List.copyOf(listeners)));
    notifyAll();
  }

  /** Whether this thread is to tell what is untold; for who holds the lock. */
  private boolean begins() {
    boolean first = !telling;
    telling = true;
    return first;
  }

  private void tell(boolean mine) {
    if (!mine) {
      return;
    }
    boolean done = false;
    try {
      for (News next = next(); next != null; next = next()) {
        for (Consumer<FeatBitState> listener : next.listeners) {
          tell(listener, next.state);
        }
      }
      done = true;
    } finally {
      if (!done) {
        leave();
      }
    }
  }

  /** What cannot even be logged ends this; the next change tells the rest. */
  private synchronized void leave() {
    telling = false;
  }

  private synchronized @Nullable News next() {
    News next = untold.poll();
    telling = next != null;
    return next;
  }

  /** Whatever becomes of it, such as that there is no thread for it, the feed goes on. */
  private static void tell(Consumer<FeatBitState> listener, FeatBitState after) {
    try {
      listener.accept(after);
    } catch (Throwable e) {
      log.error("A listener cannot be told that FeatBit is {}", after.type(), e);
    }
  }

  /**
   * Waits for a state of that type. Gives up at the end, and when waiting is in vain, until another
   * attempt is wished for.
   *
   * @param timeout how long; zero or less is for ever
   * @return whether it came
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean await(FeatBitState.Type type, Duration timeout) throws InterruptedException {
    boolean forEver = timeout.isZero() || timeout.isNegative();
    long nanos = forEver ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeout);
    long start = System.nanoTime();
    synchronized (this) {
      while (!isDecided(type)) {
        long left = nanos - (System.nanoTime() - start);
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return current.type() == type;
    }
  }

  /** For who holds the lock. */
  private boolean isDecided(FeatBitState.Type awaited) {
    return current.type() == awaited
        || current.type() == FeatBitState.Type.OFF
        || (awaited == FeatBitState.Type.OK && inVain && wishes == 0);
  }

  @Override
  public synchronized void doubt() {
    wishes++;
  }

  @Override
  public synchronized void lift() {
    wishes--;
    inVain = false;
  }

  @Override
  public synchronized void uphold() {
    wishes--;
    notifyAll();
  }
}
