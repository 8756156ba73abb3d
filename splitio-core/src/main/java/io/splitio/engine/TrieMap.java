package io.splitio.engine;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from text. A changed copy shares all but a few nodes with its original, so that
 * the price of a change does not grow with the number of entries, and what differs between two maps
 * is found without looking at what they share.
 *
 * <p>A hash trie: each node stands for five bits of the hash, and holds, for the values of those
 * bits that occur, either a deeper node or an entry. Entries whose whole hashes are equal form a
 * chain. A node is never changed after it was made.
 */
final class TrieMap<V> {
  private static final int BITS = 5;
  private static final int MASK = 31;
  private static final TrieMap<?> EMPTY = new TrieMap<>(new Node(0, new Object[0]), 0);

  private final Node root;
  private final int size;

  private @Nullable Set<String> sortedKeys; // any thread may make an equally good one

  private TrieMap(Node root, int size) {
    this.root = root;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // holds no value
  static <V> TrieMap<V> empty() {
    return (TrieMap<V>) EMPTY;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only values of type V are put
  @Nullable V get(String key) {
    int hash = spread(key);
    Node node = root;
    for (int shift = 0; ; shift += BITS) {
      int bit = bit(hash, shift);
      if ((node.bitmap & bit) == 0) {
        return null;
      }
      Object slot = node.slots[node.index(bit)];
      if (slot instanceof Entry entry) {
        return (V) entry.find(key, hash);
      }
      node = (Node) slot;
    }
  }

  /** This map with one more entry, or another value of it; itself when it holds that very value. */
  TrieMap<V> with(String key, V value) {
    V present = get(key);
    if (present == value) {
      return this;
    }
    Node next = root.with(new Entry(key, spread(key), value, null), 0);
    return new TrieMap<>(next, present == null ? size + 1 : size);
  }

  /** This map without an entry. */
  TrieMap<V> without(String key) {
    return get(key) == null ? this : new TrieMap<>(root.without(key, spread(key), 0), size - 1);
  }

  @SuppressWarnings("unchecked") // only values of type V are put
  void forEach(BiConsumer<String, V> action) {
    forEachEntry(root, entry -> action.accept(entry.key, (V) entry.value));
  }

  /** The keys, sorted: once, when they are first asked for. */
  Set<String> sortedKeys() {
    Set<String> known = sortedKeys;
    if (known == null) {
      Set<String> sorted = new TreeSet<>();
      forEachEntry(root, entry -> sorted.add(entry.key));
      known = Collections.unmodifiableSet(new LinkedHashSet<>(sorted));
      sortedKeys = known;
    }
    return known;
  }

  /** Hands over the keys whose values are not the same instance in both maps. */
  void forEachDifference(TrieMap<V> other, Consumer<String> action) {
    if (root != other.root) {
      differences(root, other.root, other, action);
    }
  }

  private void differences(Node mine, Node theirs, TrieMap<V> other, Consumer<String> action) {
    for (int bits = mine.bitmap | theirs.bitmap; bits != 0; bits &= bits - 1) {
      int bit = Integer.lowestOneBit(bits);
      Object a = mine.slot(bit);
      Object b = theirs.slot(bit);
      if (a instanceof Node x && b instanceof Node y) {
        if (x != y) {
          differences(x, y, other, action);
        }
      } else if (a != b) {
        forEachEntry(a, entry -> reportUnless(other.get(entry.key) == entry.value, entry, action));
        forEachEntry(b, entry -> reportUnless(get(entry.key) != null, entry, action));
      }
    }
  }

  private static void reportUnless(boolean same, Entry entry, Consumer<String> action) {
    if (!same) {
      action.accept(entry.key);
    }
  }

  private static void forEachEntry(@Nullable Object slot, Consumer<Entry> action) {
    if (slot instanceof Node node) {
      for (Object child : node.slots) {
        forEachEntry(child, action);
      }
    } else {
      for (Entry entry = (Entry) slot; entry != null; entry = entry.next) {
        action.accept(entry);
      }
    }
  }

  /** The hash with its high bits mixed into the low ones, which the first levels look at. */
  private static int spread(String key) {
    int hash = key.hashCode();
    return hash ^ hash >>> 15;
  }

  private static int bit(int hash, int shift) {
    return 1 << (hash >>> shift & MASK);
  }

  /** A key with its value, and the next one whose hash is the same. */
  private static final class Entry {
    private final String key;
    private final int hash;
    private final Object value;
    private final @Nullable Entry next;

    private Entry(String key, int hash, Object value, @Nullable Entry next) {
      this.key = key;
      this.hash = hash;
      this.value = value;
      this.next = next;
    }

    private @Nullable Object find(String wanted, int wantedHash) {
      for (Entry entry = this; entry != null; entry = entry.next) {
        if (entry.hash == wantedHash && entry.key.equals(wanted)) {
          return entry.value;
        }
      }
      return null;
    }

    /** This chain without a key; null when nothing is left. */
    private @Nullable Entry without(String unwanted) {
      Entry rest = null;
      for (Entry entry = this; entry != null; entry = entry.next) {
        if (!entry.key.equals(unwanted)) {
          rest = new Entry(entry.key, entry.hash, entry.value, rest);
        }
      }
      return rest;
    }
  }

  /** The values of five bits that occur, and for each, in order, a deeper node or an entry. */
  private static final class Node {
    private final int bitmap;
    private final Object[] slots;

    private Node(int bitmap, Object[] slots) {
      this.bitmap = bitmap;
      this.slots = slots;
    }

    private int index(int bit) {
      return Integer.bitCount(bitmap & bit - 1);
    }

    private @Nullable Object slot(int bit) {
      return (bitmap & bit) == 0 ? null : slots[index(bit)];
    }

    private Node with(Entry entry, int shift) {
      int bit = bit(entry.hash, shift);
      Object present = slot(bit);
      if (present == null) {
        return inserted(bit, entry);
      }
      if (present instanceof Node node) {
        return replaced(bit, node.with(entry, shift + BITS));
      }
      Entry chain = (Entry) present;
      if (chain.hash == entry.hash) {
        return replaced(
            bit, new Entry(entry.key, entry.hash, entry.value, chain.without(entry.key)));
      }
      return replaced(
          bit,
          new Node(bit(chain.hash, shift + BITS), new Object[] {chain}).with(entry, shift + BITS));
    }

    private Node without(String key, int hash, int shift) {
      int bit = bit(hash, shift);
      Object present = slots[index(bit)];
      if (present instanceof Node node) {
        Node rest = node.without(key, hash, shift + BITS);
        return rest.bitmap == 0 ? deleted(bit) : replaced(bit, rest);
      }
      Entry rest = ((Entry) present).without(key);
      return rest == null ? deleted(bit) : replaced(bit, rest);
    }

    private Node inserted(int bit, Object slot) {
      int index = index(bit);
      Object[] next = new Object[slots.length + 1];
      System.arraycopy(slots, 0, next, 0, index);
      next[index] = slot;
      System.arraycopy(slots, index, next, index + 1, slots.length - index);
      return new Node(bitmap | bit, next);
    }

    private Node replaced(int bit, Object slot) {
      Object[] next = slots.clone();
      next[index(bit)] = slot;
      return new Node(bitmap, next);
    }

    private Node deleted(int bit) {
      int index = index(bit);
      Object[] next = new Object[slots.length - 1];
      System.arraycopy(slots, 0, next, 0, index);
      System.arraycopy(slots, index + 1, next, index, next.length - index);
      return new Node(bitmap & ~bit, next);
    }
  }
}
