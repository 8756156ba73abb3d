package io.splitio.record;

import io.splitio.api.Evaluation;
import java.util.concurrent.ThreadLocalRandom;

/**
 * 64-bit hashes that tell impressions, and keys, from one another; different in each process, and
 * free of garbage.
 */
final class Fingerprint {
  private static final long SEED = ThreadLocalRandom.current().nextLong();
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final long LOW = 0xFFFFFFFFL;

  private Fingerprint() {}

  /**
   * Of an impression: who, which flag, what, why, and of which version.
   *
   * <p>Flag and label go in by the hashes that their objects know already, so that their characters
   * need not be at hand. So two flags are taken for one if their names have one hash, and their
   * versions, which are times in milliseconds, are the same, and so are labels of one hash that
   * give the same key the same treatment: such an impression is counted instead of sent.
   */
  static long of(String key, String flag, Evaluation evaluation) {
    Long version = evaluation.changeNumber();
    String label = evaluation.label();
    long why = label == null ? 0 : label.hashCode();
    long names = ((long) flag.hashCode() << Integer.SIZE) | (why & LOW);
    long hash = step(text(key, SEED) + key.length(), names);
    hash = text(evaluation.treatment(), hash);
    return finish(hash * FACTOR ^ (version == null ? 0 : version));
  }

  /** Of a key that was seen by a flag. */
  static long of(String key, String flag) {
    return finish(text(flag, text(key, SEED) + key.length()));
  }

  /** Takes four characters at a step: the multiplication is what costs. */
  private static long text(String text, long seed) {
    long hash = seed;
    int length = text.length();
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      long four =
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48;
      hash = step(hash, four);
    }
    if (i == length) {
      return hash;
    }
    long rest = 0;
    long number = 0;
    for (; i < length; i++) {
      rest = rest << 16 | text.charAt(i);
      number++;
    }
    return step(hash + number * FACTOR, rest); // whose number tells it from four with a zero
  }

  private static long step(long hash, long word) {
    long mixed = (hash ^ word) * FACTOR;
    return mixed ^ mixed >>> 32;
  }

  private static long finish(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    return mixed ^ mixed >>> 29;
  }
}
