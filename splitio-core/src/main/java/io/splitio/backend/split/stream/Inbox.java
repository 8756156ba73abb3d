package io.splitio.backend.split.stream;

import io.splitio.backend.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings notifications from the thread that reads the stream to the lane, in order.
 *
 * <p>Bounded in number and in length: when too many wait, those of changes are replaced by one that
 * says nobody knows what changed, which leads to one fetch of everything.
 */
final class Inbox {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  static final int MOST = 5_000;

  /** Characters of definitions, so that a few thousand long ones do not fill the memory. */
  static final long MOST_TEXT = 16L << 20;

  private final Lane lane;
  private final Consumer<Notification> reader;
  private final Deque<Notification> waiting = new ArrayDeque<>(); // guarded by itself
  private long text; // guarded by waiting
  private volatile boolean closed;

  /** An empty inbox, read on the lane. */
  Inbox(Lane lane, Consumer<Notification> reader) {
    this.lane = lane;
    this.reader = reader;
  }

  void add(Notification notification) {
    boolean first;
    synchronized (waiting) {
      if (notification instanceof Notification.Sign && !waiting.isEmpty()) {
        return; // what waits is a sign of life itself
      }
      long more = length(notification);
      if (waiting.size() >= MOST || text + more > MOST_TEXT) {
        makeRoom();
      }
      first = waiting.isEmpty();
      waiting.add(notification);
      text += more;
    }
    if (first) {
      lane.executeHere(this::read);
    }
  }

  /** What still waits is not read any more. */
  void close() {
    closed = true;
  }

  private void makeRoom() {
    waiting.removeIf(Inbox::isChange);
    text = 0;
    while (waiting.size() > MOST - 2) {
      waiting.remove();
    }
    waiting.add(new Notification.Garbled());
  }

  private static boolean isChange(Notification notification) {
    return !(notification instanceof Notification.Control
        || notification instanceof Notification.Occupancy
        || notification instanceof Notification.Failed);
  }

  private void read() {
    for (Notification next = next(); next != null; next = next()) {
      read(next);
    }
  }

  /** One that cannot be followed is a defect: it is as if nobody had understood it. */
  private void read(Notification notification) {
    try {
      reader.accept(notification);
    } catch (RuntimeException | Error e) {
      log.error("A notification could not be followed; what changed is fetched", e);
      if (!(notification instanceof Notification.Garbled)) {
        read(new Notification.Garbled());
      }
    }
  }

  private @Nullable Notification next() {
    synchronized (waiting) {
      if (closed) {
        waiting.clear();
        text = 0;
      }
      Notification next = waiting.poll();
      text -= next == null ? 0 : length(next);
      return next;
    }
  }

  private static long length(Notification notification) {
    Notification.Definition definition = null;
    if (notification instanceof Notification.Flags flags) {
      definition = flags.definition();
    } else if (notification instanceof Notification.RuleBasedSegments segments) {
      definition = segments.definition();
    }
    return definition == null ? 0 : definition.data().length();
  }
}
