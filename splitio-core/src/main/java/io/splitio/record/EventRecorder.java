package io.splitio.record;

/** Takes what the application tells of. Never makes the caller wait, and never throws. */
@FunctionalInterface
public interface EventRecorder {
  /** Whether the event was accepted; what is refused was counted. */
  boolean offer(Event event);
}
