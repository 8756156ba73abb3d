package io.splitio.backend.redis.read;

import io.splitio.engine.Gathered;
import io.splitio.engine.Snapshot;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What was gathered for single flags, to be served again for as long as Redis tells of changes and
 * told of none. So a flag that is asked for all the time costs as much as one held in memory.
 */
final class Hot {
  private static final int MOST = 20_000;

  private final Push push;
  private final Members members;
  private final ConcurrentMap<String, Gathering.Outcome> outcomes = new ConcurrentHashMap<>();

  Hot(Push push, Members members) {
    this.push = push;
    this.members = members;
  }

  /** What one flag needs for one key, or null when that is not known for sure. */
  @Nullable Snapshot answer(String key, String flag) {
    Gathering.Outcome known = outcomes.get(flag);
    if (known == null || known.version() != push.version()) {
      return null;
    }
    if (known.segments().length == 0) {
      return known.snapshot();
    }
    boolean[] in = new boolean[known.segments().length];
    for (int i = 0; i < in.length; i++) {
      Boolean member = members.fresh(known.segments()[i], key);
      if (member == null) {
        return null;
      }
      in[i] = member;
    }
    return known.snapshot().with(new Known(known.found(), known.segments(), in));
  }

  /** Remembers what was gathered, if nothing changed meanwhile. */
  void remember(String flag, Gathering.@Nullable Outcome outcome) {
    if (outcome == null || push.epoch() == Push.NONE || outcome.version() != push.version()) {
      return;
    }
    if (outcomes.size() >= MOST) {
      outcomes.clear();
    }
    outcomes.put(flag, outcome);
  }

  /**
   * Memberships that are known.
   *
   * @param found what else was found
   * @param segments segments
   * @param in whether the key is in each of them
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed or compared
  private record Known(Gathered found, String[] segments, boolean[] in) implements Gathered {
    @Override
    public boolean inSegment(String segment, String key) {
      for (int i = 0; i < segments.length; i++) {
        if (segments[i].equals(segment)) {
          return in[i];
        }
      }
      return found.inSegment(segment, key);
    }

    @Override
    public Set<String> flagsIn(String flagSet) {
      return found.flagsIn(flagSet);
    }

    @Override
    public void confirmNoFlag(String name) {
      found.confirmNoFlag(name);
    }

    @Override
    public void confirmNoRuleBasedSegment(String name) {
      found.confirmNoRuleBasedSegment(name);
    }
  }
}
