package io.splitio.fake.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A segment: keys that enter and leave; every change gets a number and is announced. */
public final class Segment {
  private final String name;
  private final ChangeNumbers numbers;
  private final ChangeListener listener;
  private final Set<String> members = new TreeSet<>();
  private final TreeMap<Long, Delta> deltas = new TreeMap<>();
  private @Nullable Long frozenAt;

  Segment(String name, ChangeNumbers numbers, ChangeListener listener) {
    this.name = name;
    this.numbers = numbers;
    this.listener = listener;
  }

  private record Delta(List<String> added, List<String> removed) {}

  /**
   * What changed in a segment.
   *
   * @param since the change number asked from
   * @param till the change number reached
   */
  public record Changes(long since, long till, List<String> added, List<String> removed) {
    /** Copies the lists. */
    public Changes {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /** Lets keys enter. */
  public Segment add(String... keys) {
    return add(List.of(keys));
  }

  /** Lets keys enter. */
  public Segment add(Collection<String> keys) {
    return change(List.copyOf(keys), List.of());
  }

  /** Lets keys leave. */
  public Segment remove(String... keys) {
    return remove(List.of(keys));
  }

  /** Lets keys leave. */
  public Segment remove(Collection<String> keys) {
    return change(List.of(), List.copyOf(keys));
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** The keys in it. */
  public synchronized Set<String> members() {
    return Set.copyOf(members);
  }

  /** The number of the last change, -1 when there was none. */
  public synchronized long changeNumber() {
    return deltas.isEmpty() ? -1 : deltas.lastKey();
  }

  /** The same as seen through the content delivery network, unless {@code origin}. */
  public synchronized long changeNumber(boolean origin) {
    Long frozen = frozenAt;
    return origin || frozen == null ? changeNumber() : frozen;
  }

  private synchronized Segment change(List<String> added, List<String> removed) {
    long number = numbers.next();
    removed.forEach(members::remove);
    members.addAll(added);
    deltas.put(number, new Delta(added, removed));
    listener.segmentChanged(number, name);
    return this;
  }

  /**
   * What changed after {@code since}: whole changes, at least one of them, and not more than {@code
   * limit} keys if that is possible. {@code origin} is false for one who asks the content delivery
   * network, which may be frozen.
   */
  public synchronized Changes since(long since, int limit, boolean origin) {
    long reach = changeNumber(origin);
    Set<String> added = new TreeSet<>();
    Set<String> removed = new TreeSet<>();
    long till = since;
    for (var change : deltas.tailMap(since, false).entrySet()) {
      if (change.getKey() > reach || (till > since && added.size() + removed.size() >= limit)) {
        break;
      }
      apply(change.getValue(), added, removed);
      till = change.getKey();
    }
    return new Changes(
        since, till, new ArrayList<>(added), since < 0 ? List.of() : new ArrayList<>(removed));
  }

  private static void apply(Delta delta, Set<String> added, Set<String> removed) {
    for (String key : delta.removed()) {
      added.remove(key);
      removed.add(key);
    }
    for (String key : delta.added()) {
      removed.remove(key);
      added.add(key);
    }
  }

  synchronized void freeze() {
    frozenAt = changeNumber();
  }

  synchronized void thaw() {
    frozenAt = null;
  }
}
