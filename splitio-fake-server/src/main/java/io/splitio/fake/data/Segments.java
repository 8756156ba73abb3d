package io.splitio.fake.data;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The segments of the service. */
public final class Segments {
  private final Map<String, Segment> byName = new ConcurrentHashMap<>();
  private final ChangeNumbers numbers;
  private final ChangeListener listener;
  private final Set<String> unheardOf = new HashSet<>(); // guarded by this
  private boolean frozen; // guarded by this

  /** No segments yet. */
  public Segments(ChangeNumbers numbers, ChangeListener listener) {
    this.numbers = numbers;
    this.listener = listener;
  }

  /** The segment of this name, made if need be. */
  public Segment get(String name) {
    Segment known = byName.get(name);
    return known == null ? made(name) : known;
  }

  private synchronized Segment made(String name) {
    if (frozen && !byName.containsKey(name)) {
      unheardOf.add(name);
    }
    return byName.computeIfAbsent(name, unknown -> new Segment(unknown, numbers, listener));
  }

  /**
   * The segment of this name if it was ever made. {@code origin} is false for one who asks the
   * content delivery network, which has not heard of one that was made since it was frozen.
   */
  public synchronized Optional<Segment> find(String name, boolean origin) {
    boolean heardOf = origin || !unheardOf.contains(name);
    return heardOf ? Optional.ofNullable(byName.get(name)) : Optional.empty();
  }

  /** From now on the content delivery network knows nothing new. */
  public synchronized void freeze() {
    frozen = true;
    byName.values().forEach(Segment::freeze);
  }

  /** The content delivery network is up to date again. */
  public synchronized void thaw() {
    frozen = false;
    unheardOf.clear();
    byName.values().forEach(Segment::thaw);
  }
}
