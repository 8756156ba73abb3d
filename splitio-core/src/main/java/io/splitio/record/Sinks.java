package io.splitio.record;

import io.splitio.api.Impression;

/**
 * Where a backend takes what happened.
 *
 * @param impressions takes what was served
 * @param events takes what the application told of
 */
public record Sinks(Sink<Impression> impressions, Sink<Event> events) {

  /** Accepts everything and keeps nothing. */
  public static Sinks none() {
    return new Sinks(impression -> true, event -> true);
  }

  /** Takes one kind of record. Never waits and never throws. */
  @FunctionalInterface
  public interface Sink<T> {
    /** Whether the item was accepted; what is refused was counted. */
    boolean offer(T item);
  }
}
