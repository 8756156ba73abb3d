package io.splitio.record;

import io.splitio.api.SdkHealth.Ledger;
import io.splitio.record.Sinks.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which keys each flag was evaluated for, each once a day (protocol specification 8.5).
 *
 * <p>A table of fingerprints tells, without a lock, that a key was seen today already; only a new
 * one is noted down. What is noted is bounded: a key beyond it is counted as lost and will be new
 * again, and so will one that the service did not want.
 */
final class UniqueKeys implements Flusher.Stock<UniqueKeys.Noted> {
  private static final String NAME = "unique keys";
  private static final long DAY = 86_400_000;

  private final SeenTable seen;
  private final Outbox<Noted> noted;

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
    this.noted = new Outbox<>(new Outbox.Room(NAME, most, many), key -> 0, whenMany);
  }

  /** A flag and a key it was evaluated for. */
  record Noted(String flag, String key) {}

  /** Notes that a flag was evaluated for a key. */
  void track(String flag, String key, long now) {
    long hash = Fingerprint.of(key, flag);
    long before = seen.seeRoughly(hash, now);
    boolean isNew =
        before == SeenTable.NEVER || Math.floorDiv(before, DAY) != Math.floorDiv(now, DAY);
    if (isNew && !noted.offer(new Noted(flag, key))) {
      seen.forget(hash);
    }
  }

  /** The keys of each flag, each once, in the order in which they were noted. */
  static List<Keys> byFlag(List<Noted> batch) {
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    for (Noted one : batch) {
      keys.computeIfAbsent(one.flag, name -> new LinkedHashSet<>()).add(one.key);
    }
    List<Keys> all = new ArrayList<>();
    keys.forEach((flag, of) -> all.add(new Keys(flag, List.copyOf(of))));
    return all;
  }

  /** What became of the keys so far. */
  Ledger ledger() {
    return noted.ledger();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int size() {
    return noted.size();
  }

  @Override
  public boolean presses() {
    return noted.presses();
  }

  @Override
  public List<Noted> take(int most) {
    return noted.take(most);
  }

  @Override
  public void delivered(List<Noted> batch) {
    noted.delivered(batch);
  }

  @Override
  public void keep(List<Noted> batch) {
    noted.keep(batch);
  }

  @Override
  public void keepLast(List<Noted> batch) {
    noted.keepLast(batch);
  }

  @Override
  public void refused(List<Noted> batch) {
    noted.refused(batch);
    batch.forEach(key -> seen.forget(Fingerprint.of(key.key, key.flag)));
  }

  @Override
  public void abandoned(List<Noted> batch) {
    noted.abandoned(batch);
  }

  /** Takes nothing any more. */
  void close() {
    noted.close();
  }

  /** Gives up what waits. */
  void abandon() {
    noted.abandon();
  }
}
