package io.splitio;

import io.splitio.api.FlagChangeListener;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners which flags changed, on an executor of its own, in order.
 *
 * <p>While a listener takes its time, further changes wait as one: it hears next of all that
 * differs from what it heard last, so that nothing piles up.
 */
final class ChangeNotifier implements SnapshotListener {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final List<FlagChangeListener> listeners;
  private final Executor executor;
  private final AtomicReference<@Nullable Snapshot> pending = new AtomicReference<>();

  private Snapshot told = Snapshot.EMPTY; // by the executor's one thread only

  /** Tells listeners on an executor that runs one task at a time. */
  ChangeNotifier(List<FlagChangeListener> listeners, Executor executor) {
    this.listeners = listeners;
    this.executor = executor;
  }

  @Override
  public void changed(Snapshot before, Snapshot after) {
    if (!listeners.isEmpty() && pending.getAndSet(after) == null) {
      executor.execute(this::tell);
    }
  }

  private void tell() {
    Snapshot now = pending.getAndSet(null);
    if (now == null) {
      return;
    }
    Set<String> flags = now.flagsChangedSince(told);
    told = now;
    if (!flags.isEmpty()) {
      listeners.forEach(listener -> tell(listener, Set.copyOf(flags)));
    }
  }

  private static void tell(FlagChangeListener listener, Set<String> flags) {
    try {
      listener.flagsChanged(flags);
    } catch (Throwable failure) { // the application's code: whatever it throws, the others go on
      log.warn("A flag change listener failed", failure);
    } finally {
      boolean interrupted = Thread.interrupted(); // one listener's interrupt is not for the next
      log.trace("Interrupted by a listener: {}", interrupted);
    }
  }
}
