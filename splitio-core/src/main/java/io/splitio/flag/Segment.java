package io.splitio.flag;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * A named set of keys.
 *
 * @param name its name
 * @param keys its members
 * @param changeNumber its version, -1 when it has none
 */
public record Segment(String name, Set<String> keys, long changeNumber) {

  /** Copies the keys. */
  public Segment {
    keys = Set.copyOf(keys);
  }

  /** A segment without members. */
  public static Segment empty(String name) {
    return new Segment(name, Set.of(), -1);
  }

  /** Whether a key is a member. */
  public boolean contains(String key) {
    return keys.contains(key);
  }

  /** How many members it has. */
  public int size() {
    return keys.size();
  }

  /** The segment after a change: a key that is both added and removed is a member. */
  public Segment with(Collection<String> added, Collection<String> removed, long changeNumber) {
    Set<String> next = new HashSet<>(keys);
    next.removeAll(Set.copyOf(removed));
    next.addAll(added);
    return new Segment(name, next, changeNumber);
  }
}
