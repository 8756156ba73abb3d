package io.splitio.backend.featbit;

import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.FeatBitState.Problem;
import io.splitio.net.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a feed, for those who ask, wait and listen (FeatBit specification 3.1). Off is
 * final.
 */
public final class FeatBitStatus {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final Clock clock;
  private final CopyOnWriteArrayList<Consumer<FeatBitState>> listeners =
      new CopyOnWriteArrayList<>();
  private FeatBitState current; // guarded by this
  private boolean hopeless; // guarded by this

  FeatBitStatus(Clock clock) {
    this.clock = clock;
    this.current = new FeatBitState(FeatBitState.Type.INITIALIZING, clock.instant(), null);
  }

  /** The state now; if it is just becoming OK, when all that goes with it is true. */
  public synchronized FeatBitState current() {
    return current;
  }

  /** Has somebody told of each change, at once, once and in order; must not wait. */
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
   *     waits for the end of this, and those who wait for this state see flags
   */
  synchronized void ok(Runnable release) {
    if (current.type() == FeatBitState.Type.OFF) {
      return;
    }
    hopeless = false;
    boolean news = set(FeatBitState.Type.OK, null);
    try {
      release.run();
    } finally {
      if (news) {
        tell();
      }
    }
  }

  /**
   * There is trouble. Before the first definitions that is told as an error only, unless waiting is
   * in vain.
   */
  synchronized void interrupted(ErrorType type, String message) {
    boolean initializing = current.type() == FeatBitState.Type.INITIALIZING && !type.lasting();
    change(
        initializing ? FeatBitState.Type.INITIALIZING : FeatBitState.Type.INTERRUPTED,
        new Problem(type, message));
  }

  /**
   * There is trouble that only a person can mend, whatever its type, so that waiting is in vain.
   */
  synchronized void failedForGood(ErrorType type, String message) {
    hopeless = true;
    change(FeatBitState.Type.INTERRUPTED, new Problem(type, message));
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
    change(FeatBitState.Type.OFF, null);
  }

  private synchronized void change(FeatBitState.Type type, @Nullable Problem problem) {
    if (set(type, problem)) {
      tell();
    }
  }

  /** Whether that is news; for who holds the lock. */
  private boolean set(FeatBitState.Type type, @Nullable Problem problem) {
    FeatBitState before = current;
    if (before.type() == FeatBitState.Type.OFF || (before.type() == type && problem == null)) {
      return false;
    }
    current =
        new FeatBitState(type, before.type() == type ? before.since() : clock.instant(), problem);
    return true;
  }

  private void tell() {
    FeatBitState after = current;
    notifyAll();
    listeners.forEach(listener -> tell(listener, after));
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
   * Waits for a state of that type. Gives up at the end, and when waiting is in vain.
   *
   * @param timeout how long; zero or less is for ever
   * @return whether it came
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean await(FeatBitState.Type type, Duration timeout) throws InterruptedException {
    Predicate<FeatBitState> decided =
        state ->
            state.type() == type
                || state.type() == FeatBitState.Type.OFF
                || (type == FeatBitState.Type.OK && (hopeless || inVain(state)));
    boolean forEver = timeout.isZero() || timeout.isNegative();
    long nanos = forEver ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeout);
    long start = System.nanoTime();
    synchronized (this) {
      while (!decided.test(current)) {
        long left = nanos - (System.nanoTime() - start);
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return current.type() == type;
    }
  }

  private static boolean inVain(FeatBitState state) {
    Problem error = state.error();
    return error != null && error.type().lasting();
  }
}
