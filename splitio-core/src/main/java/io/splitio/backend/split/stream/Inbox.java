package io.splitio.backend.split.stream;

import io.splitio.backend.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings notifications from the thread that reads the stream to the lane, in order.
 *
 * <p>Bounded: when too many wait, those of changes are replaced by one that says nobody knows what
 * changed, which leads to one fetch of everything.
 */
final class Inbox {
  static final int MOST = 5_000;

  private final Lane lane;
  private final Consumer<Notification> reader;
  private final Deque<Notification> waiting = new ArrayDeque<>(); // guarded by itself
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
      if (waiting.size() >= MOST) {
        makeRoom();
      }
      first = waiting.isEmpty();
      waiting.add(notification);
    }
    if (first) {
      lane.execute(this::read);
    }
  }

  /** What still waits is not read any more. */
  void close() {
    closed = true;
  }

  private void makeRoom() {
    waiting.removeIf(Inbox::isChange);
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
      reader.accept(next);
    }
  }

  private @Nullable Notification next() {
    synchronized (waiting) {
      if (closed) {
        waiting.clear();
      }
      return waiting.poll();
    }
  }
}
