package io.splitio.flag;

import io.splitio.keys.KeySet;
import java.util.Collection;

/**
 * A named set of keys.
 *
 * @param name its name
 * @param keys its members
 * @param changeNumber its version, -1 when it has none
 */
public record Segment(String name, KeySet keys, long changeNumber) {

  /** A segment of these keys. */
  public Segment(String name, Collection<String> keys, long changeNumber) {
    this(name, KeySet.of(keys), changeNumber);
  }

  /** A segment without members. */
  public static Segment empty(String name) {
    return new Segment(name, KeySet.EMPTY, -1);
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
  public Segment with(KeySet added, KeySet removed, long changeNumber) {
    return new Segment(name, keys.with(added, removed), changeNumber);
  }
}
