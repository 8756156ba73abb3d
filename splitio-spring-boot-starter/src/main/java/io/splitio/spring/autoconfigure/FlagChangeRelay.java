package io.splitio.spring.autoconfigure;

import io.splitio.api.FlagChangeListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Passes changes of flags on to the application.
 *
 * <p>Closed until all beans exist, so that a listener may itself use the client; what changes
 * meanwhile is kept and passed on when it opens, by a thread of its own: the start waits for no
 * listener. One thread delivers at a time, so a later change is never heard before an earlier one.
 */
final class FlagChangeRelay implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger("splitio");
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ObjectProvider<FlagChangeListener> listeners;
  private final ApplicationEventPublisher events;

  // guarded by this
  private final Set<String> waiting = new HashSet<>();
  private boolean open;
  private boolean delivering;
  private @Nullable Thread missed;

  FlagChangeRelay(ObjectProvider<FlagChangeListener> listeners, ApplicationEventPublisher events) {
    this.listeners = listeners;
    this.events = events;
  }

  void flagsChanged(Set<String> flags) {
    keep(flags);
    deliver();
  }

  synchronized void open() {
    open = true;
    if (!waiting.isEmpty() && !delivering) {
      missed = new Thread(this::deliverAll, "splitio-changes-missed");
      missed.setDaemon(true);
      missed.start();
      delivering = true;
    }
  }

  synchronized void close() {
    open = false;
  }

  /** Interrupts a listener that still hears what was missed, and waits a little for its end. */
  @Override
  public void destroy() {
    Thread thread = ended();
    if (thread == null || thread == Thread.currentThread()) { // a listener may close the context
      return;
    }
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Thread ended() {
    Thread thread = missed;
    open = false;
    missed = null;
    return thread;
  }

  private synchronized void keep(Set<String> flags) {
    waiting.addAll(flags);
  }

  /** Delivers what waits, unless another thread does. */
  private void deliver() {
    if (begins()) {
      deliverAll();
    }
  }

  private void deliverAll() {
    for (Set<String> flags = next(); !flags.isEmpty(); flags = next()) {
      tell(flags);
    }
  }

  private synchronized boolean begins() {
    if (delivering || !open) {
      return false;
    }
    delivering = true;
    return true;
  }

  /** What to deliver next; nothing ends the delivery. */
  private synchronized Set<String> next() {
    Set<String> flags = open ? Set.copyOf(waiting) : Set.of();
    waiting.removeAll(flags);
    delivering = !flags.isEmpty();
    return flags;
  }

  private void tell(Set<String> flags) {
    guarded(
        () ->
            listeners
                .orderedStream()
                .forEach(listener -> guarded(() -> listener.flagsChanged(flags))));
    guarded(() -> events.publishEvent(new FlagsChangedEvent(flags)));
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (Throwable failure) { // an Error, too, is the listener's own
      LOG.warn("A listener to changes of flags failed; the others are still called", failure);
    }
  }
}
