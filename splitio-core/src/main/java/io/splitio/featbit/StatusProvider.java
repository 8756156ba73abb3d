package io.splitio.featbit;

import io.splitio.backend.featbit.FeatBitState;
import io.splitio.backend.featbit.FeatBitStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the connection to FeatBit is: to ask for, to wait for, to listen to. */
public final class StatusProvider {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  private final FeatBitStatus status;
  private final Executor executor;

  StatusProvider(FeatBitStatus status, Executor executor) {
    this.status = status;
    this.executor = executor;
  }

  /** The state now. */
  public FeatBitState getState() {
    return status.current();
  }

  /**
   * Waits until definitions are there and followed. Gives up when the instance ends, and at once
   * when waiting is in vain, because only a person can mend what is wrong (the secret is refused,
   * the address is not FeatBit's, a certificate is not trusted, what the server sends is no JSON),
   * unless {@code SplitFactory.retryNow()} has begun another attempt since.
   *
   * @param timeout how long; zero or less is for ever
   * @return whether it is so
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean waitForOKState(Duration timeout) throws InterruptedException {
    return waitFor(FeatBitState.Type.OK, timeout);
  }

  /**
   * Waits for a state of that type; gives up when the instance ends.
   *
   * @param timeout how long; zero or less is for ever
   * @return whether it is so
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean waitFor(FeatBitState.Type type, Duration timeout) throws InterruptedException {
    return status.await(type, timeout);
  }

  /** The listener that was added, apart from the thread that tells of changes. */
  private record Apart(Consumer<FeatBitState> listener, Executor executor)
      implements Consumer<FeatBitState> {
    @Override
    public void accept(FeatBitState state) {
      executor.execute(() -> tell(listener, state));
    }
  }

  /**
   * Tells a listener of each change from now on, on a thread of the SDK; one that is added twice
   * hears once. The last change, at the end of the instance, may come too late to be told.
   */
  public void addStateListener(Consumer<FeatBitState> listener) {
    status.listen(new Apart(Objects.requireNonNull(listener, "listener"), executor));
  }

  /** Tells it no more, whichever client of the same factory it was added to. */
  public void removeStateListener(Consumer<FeatBitState> listener) {
    status.ignore(new Apart(listener, executor));
  }

  private static void tell(Consumer<FeatBitState> listener, FeatBitState state) {
    try {
      listener.accept(state);
    } catch (Throwable failure) { // the application's code: whatever it throws, the others go on
      log.warn("A state listener failed", failure);
    }
  }
}
