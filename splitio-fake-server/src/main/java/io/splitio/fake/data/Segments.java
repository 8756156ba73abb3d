package io.splitio.fake.data;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The segments of the service. */
public final class Segments {
  private final Map<String, Segment> byName = new ConcurrentHashMap<>();
  private final ChangeNumbers numbers;
  private final ChangeListener listener;

  /** No segments yet. */
  public Segments(ChangeNumbers numbers, ChangeListener listener) {
    this.numbers = numbers;
    this.listener = listener;
  }

  /** The segment of this name, made if need be. */
  public Segment get(String name) {
    return byName.computeIfAbsent(name, unknown -> new Segment(unknown, numbers, listener));
  }

  /** The segment of this name if it was ever made. */
  public Optional<Segment> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** From now on the content delivery network knows nothing new. */
  public void freeze() {
    byName.values().forEach(Segment::freeze);
  }

  /** The content delivery network is up to date again. */
  public void thaw() {
    byName.values().forEach(Segment::thaw);
  }
}
