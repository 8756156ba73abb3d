package io.splitio.record;

import org.jspecify.annotations.Nullable;

/** Takes what the application tells of. Never makes the caller wait, and never throws. */
public final class EventRecorder {
  private final @Nullable Outbox<Event> outbox;

  /** Takes events into an outbox; without one it accepts them, and keeps none. */
  EventRecorder(@Nullable Outbox<Event> outbox) {
    this.outbox = outbox;
  }

  /** Accepts all events, and keeps none. */
  public static EventRecorder none() {
    return new EventRecorder(null);
  }

  /**
   * Whether there is no room, so that an event need not even be made: it is counted as if it had
   * been offered.
   */
  public boolean turnsAway() {
    return outbox != null && outbox.turnsAway();
  }

  /** Whether the event was accepted; what is refused was counted. */
  public boolean offer(Event event) {
    return outbox == null || outbox.offer(event);
  }
}
