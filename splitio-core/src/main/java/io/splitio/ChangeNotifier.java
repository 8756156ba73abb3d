package io.splitio;

import io.splitio.api.FlagChangeListener;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
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

  private final Executor executor;
  // all guarded by this, under which nothing of the application is called
  private final List<Registration> registrations = new ArrayList<>();
  private @Nullable Snapshot latest; // in force, as far as was told here
  private @Nullable Span pending;
  private boolean underWay; // whether the executor has a task that tells what is pending

  /** What nobody was told of yet. */
  private record Span(Snapshot from, Snapshot to) {}

  /** A listener, and what was in force when it was added, until it was told of something. */
  private static final class Registration {
    private final FlagChangeListener listener;
    private @Nullable Snapshot known; // handed over with the list, then by tasks of the executor

    private Registration(FlagChangeListener listener, @Nullable Snapshot known) {
      this.listener = listener;
      this.known = known;
    }
  }

  /** Tells listeners on an executor that runs one task at a time, on a thread of its own. */
  ChangeNotifier(List<FlagChangeListener> listeners, Executor executor) {
    listeners.forEach(this::add);
    this.executor = executor;
  }

  /** Tells one more listener from the next change on. */
  synchronized void add(FlagChangeListener listener) {
    registrations.add(new Registration(listener, latest));
  }

  /** Tells a listener once less. */
  void remove(FlagChangeListener listener) {
    for (Registration one : registered()) {
      if (one.listener.equals(listener) && dropped(one)) {
        return;
      }
    }
  }

  private synchronized List<Registration> registered() {
    return List.copyOf(registrations);
  }

  private synchronized boolean dropped(Registration one) {
    return registrations.remove(one);
  }

  @Override
  public synchronized void inForce(Snapshot now) {
    latest = now;
  }

  @Override
  public void changed(Snapshot before, Snapshot after) {
    if (!isToBeTold(before, after)) {
      return;
    }
    try {
      executor.execute(this::tell);
    } catch (RuntimeException | Error e) { // such as that there is no thread
      notTold();
      throw e;
    }
  }

  /** Whether somebody is to be told, and nobody is about to. */
  private synchronized boolean isToBeTold(Snapshot before, Snapshot after) {
    latest = after;
    if (registrations.isEmpty()) {
      return false;
    }
    Span waiting = pending;
    pending = new Span(waiting == null ? before : waiting.from, after);
    boolean first = !underWay;
    underWay = true;
    return first;
  }

  /** The next change tries again. */
  private synchronized void notTold() {
    underWay = false;
  }

  private void tell() {
    Span span;
    List<Registration> told;
    synchronized (this) {
      span = pending;
      told = List.copyOf(registrations); // all of them added before what is not in the span
      pending = null;
      underWay = false;
    }
    if (span == null) {
      return;
    }
    Set<String> flags = span.to.flagsChangedSince(span.from);
    for (Registration one : told) {
      Snapshot known = one.known;
      one.known = null;
      if (known == null || known == span.from) {
        tell(one.listener, flags);
      } else { // added while this waited to be told
        tell(one.listener, span.to.flagsChangedSince(known));
      }
    }
  }

  private static void tell(FlagChangeListener listener, Set<String> flags) {
    if (flags.isEmpty()) {
      return;
    }
    try {
      listener.flagsChanged(Set.copyOf(flags));
    } catch (Throwable failure) { // the application's code: whatever it throws, the others go on
      log.warn("A flag change listener failed", failure);
    } finally {
      boolean interrupted = Thread.interrupted(); // one listener's interrupt is not for the next
      log.trace("Interrupted by a listener: {}", interrupted);
    }
  }
}
