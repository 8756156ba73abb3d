package io.splitio.spring.autoconfigure;

import io.splitio.api.FlagChangeListener;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Passes changes of flags on to the application.
 *
 * <p>Closed until all beans exist, so that a listener may itself use the client; what changes
 * meanwhile is kept and passed on when it opens.
 */
final class FlagChangeRelay {
  private static final Logger LOG = LoggerFactory.getLogger("splitio");

  private final ObjectProvider<FlagChangeListener> listeners;
  private final ApplicationEventPublisher events;

  // guarded by this
  private final Set<String> waiting = new HashSet<>();
  private boolean open;

  FlagChangeRelay(ObjectProvider<FlagChangeListener> listeners, ApplicationEventPublisher events) {
    this.listeners = listeners;
    this.events = events;
  }

  void flagsChanged(Set<String> flags) {
    if (passes(flags)) {
      deliver(flags);
    }
  }

  void open() {
    Set<String> missed = release();
    if (!missed.isEmpty()) {
      deliver(missed);
    }
  }

  synchronized void close() {
    open = false;
  }

  private synchronized boolean passes(Set<String> flags) {
    if (!open) {
      waiting.addAll(flags);
    }
    return open;
  }

  private synchronized Set<String> release() {
    open = true;
    Set<String> missed = Set.copyOf(waiting);
    waiting.clear();
    return missed;
  }

  private void deliver(Set<String> flags) {
    listeners.orderedStream().forEach(listener -> guarded(() -> listener.flagsChanged(flags)));
    guarded(() -> events.publishEvent(new FlagsChangedEvent(flags)));
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      LOG.warn("A listener to changes of flags failed; the others are still called", failure);
    }
  }
}
