package io.splitio.record;

import io.splitio.record.Sinks.Keys;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which keys each flag was evaluated for, each once a day (protocol specification 8.5).
 *
 * <p>A table of fingerprints tells, without a lock, that a key was seen today already; only a new
 * one is noted down. What is noted is bounded: beyond it keys are counted as lost and will be new
 * again.
 */
final class UniqueKeys implements Flusher.Stock<Keys> {
  private static final long DAY = 86_400_000;

  private final SeenTable seen;
  private final int many;
  private final int most;
  private final Runnable whenMany;
  private final LongAdder lost = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Set<String>> noted = new LinkedHashMap<>(); // guarded by the lock
  private final AtomicInteger size = new AtomicInteger();

  /**
   * Nothing seen yet.
   *
   * @param seen remembers what was noted today
   * @param many from so many keys on it is time to send
   * @param most no more keys are held than this
   * @param whenMany called when it is time to send; must return at once
   */
  UniqueKeys(SeenTable seen, int many, int most, Runnable whenMany) {
    this.seen = seen;
    this.many = many;
    this.most = most;
    this.whenMany = whenMany;
  }

  /** Notes that a flag was evaluated for a key. */
  void track(String flag, String key, long now) {
    long hash = Fingerprint.of(key, flag);
    long before = seen.see(hash, now);
    boolean isNew =
        before == SeenTable.NEVER || Math.floorDiv(before, DAY) != Math.floorDiv(now, DAY);
    if (isNew && !note(flag, key)) {
      seen.forget(hash);
    }
  }

  /** Whether there was room for it. */
  private boolean note(String flag, String key) {
    if (size.get() >= most) {
      lost.increment();
      return false;
    }
    boolean timeToSend = false;
    lock.lock();
    try {
      if (noted.computeIfAbsent(flag, name -> new LinkedHashSet<>()).add(key)) {
        timeToSend = size.incrementAndGet() == many;
      }
    } finally {
      lock.unlock();
    }
    if (timeToSend) {
      whenMany.run();
    }
    return true;
  }

  /** How often a key found no room, or could not be delivered. */
  long lost() {
    return lost.sum();
  }

  @Override
  public String name() {
    return "unique keys";
  }

  @Override
  public int size() {
    return size.get();
  }

  @Override
  public boolean presses() {
    return size.get() >= many;
  }

  @Override
  public List<Keys> take(int mostKeys) {
    lock.lock();
    try {
      List<Keys> taken = new ArrayList<>();
      int room = mostKeys;
      for (Iterator<Map.Entry<String, Set<String>>> flags = noted.entrySet().iterator();
          flags.hasNext() && room > 0; ) {
        Map.Entry<String, Set<String>> flag = flags.next();
        List<String> keys = some(flag.getValue(), room);
        room -= keys.size();
        taken.add(new Keys(flag.getKey(), keys));
        if (flag.getValue().isEmpty()) {
          flags.remove();
        }
      }
      size.addAndGet(room - mostKeys);
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private static List<String> some(Set<String> keys, int most) {
    List<String> some = new ArrayList<>(Math.min(most, keys.size()));
    for (Iterator<String> each = keys.iterator(); each.hasNext() && some.size() < most; ) {
      some.add(each.next());
      each.remove();
    }
    return some;
  }

  @Override
  public int count(List<Keys> batch) {
    int count = 0;
    for (Keys keys : batch) {
      count += keys.keys().size();
    }
    return count;
  }

  @Override
  public void delivered(List<Keys> batch) {}

  @Override
  public void keep(List<Keys> batch) {
    for (Keys keys : batch) {
      for (String key : keys.keys()) {
        if (!note(keys.flag(), key)) {
          seen.forget(Fingerprint.of(key, keys.flag()));
        }
      }
    }
  }

  @Override
  public void refused(List<Keys> batch) {
    lost.add(count(batch));
  }

  @Override
  public void abandoned(List<Keys> batch) {
    refused(batch);
  }
}
