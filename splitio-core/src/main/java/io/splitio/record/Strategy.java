package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.ImpressionMode;
import io.splitio.api.Key;

/** What becomes of impressions without properties in each mode (protocol specification 8.2). */
enum Strategy {
  /**
   * Each distinct impression once an hour; beyond its first time it is counted as well, whether it
   * is sent again or not.
   */
  OPTIMIZED {
    @Override
    long note(Memory memory, Key key, String flag, Evaluation evaluation, long now) {
      long hash = Fingerprint.of(key.matchingKey(), flag, evaluation);
      long previous =
          memory.exact() ? memory.seen().see(hash, now) : memory.seen().seeRoughly(hash, now);
      if (previous != SeenTable.NEVER) {
        memory.counts().count(flag, now);
      }
      return previous;
    }

    @Override
    boolean sends(long previous, long now) {
      return previous == SeenTable.NEVER
          || ImpressionCounts.hour(previous) < ImpressionCounts.hour(now);
    }
  },

  /** Every impression. */
  DEBUG {
    @Override
    long note(Memory memory, Key key, String flag, Evaluation evaluation, long now) {
      return memory.seen().see(Fingerprint.of(key.matchingKey(), flag, evaluation), now);
    }

    @Override
    boolean sends(long previous, long now) {
      return true;
    }

    @Override
    boolean sendsAll() {
      return true;
    }
  },

  /** No impressions; counts, and who it was. */
  NONE {
    @Override
    long note(Memory memory, Key key, String flag, Evaluation evaluation, long now) {
      memory.counts().count(flag, now);
      memory.keys().track(flag, key.matchingKey(), now);
      return SeenTable.NEVER;
    }

    @Override
    boolean sends(long previous, long now) {
      return false;
    }
  };

  /**
   * What is remembered between impressions.
   *
   * @param exact whether somebody will read when impressions that are not sent were seen before
   */
  record Memory(SeenTable seen, ImpressionCounts counts, UniqueKeys keys, boolean exact) {}

  static Strategy of(ImpressionMode mode) {
    return switch (mode) {
      case OPTIMIZED -> OPTIMIZED;
      case DEBUG -> DEBUG;
      case NONE -> NONE;
    };
  }

  /** Notes an impression; answers when the same was last noted, or {@link SeenTable#NEVER}. */
  abstract long note(Memory memory, Key key, String flag, Evaluation evaluation, long now);

  /** Lets an impression that was noted count as new again. */
  void forget(Memory memory, Key key, String flag, Evaluation evaluation) {
    memory.seen().forget(Fingerprint.of(key.matchingKey(), flag, evaluation));
  }

  /** Whether an impression that was noted is sent. */
  abstract boolean sends(long previous, long now);

  /** Whether all are sent, whenever the same was last noted. */
  boolean sendsAll() {
    return false;
  }
}
