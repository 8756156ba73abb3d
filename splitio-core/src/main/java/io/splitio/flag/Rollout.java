package io.splitio.flag;

import io.splitio.api.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shares keys out among outcomes, which are finished instances. A backend may have a way of its
 * own.
 */
public interface Rollout {

  /** What a key gets. */
  Evaluation pick(String bucketingKey, Map<String, Object> attributes);

  /** The bucket that decides, 1 to 100, or 0 when none is needed. */
  int bucket(String bucketingKey, Map<String, Object> attributes);

  /** What keys can get, in order. */
  List<Evaluation> outcomes();

  /** Everyone gets the same. */
  record Everyone(Evaluation outcome) implements Rollout {
    @Override
    public Evaluation pick(String bucketingKey, Map<String, Object> attributes) {
      return outcome;
    }

    @Override
    public int bucket(String bucketingKey, Map<String, Object> attributes) {
      return 0;
    }

    @Override
    public List<Evaluation> outcomes() {
      return List.of(outcome);
    }
  }

  /**
   * A hundred buckets: share i ends at bucket {@code ends[i]}, and what no share reaches gets the
   * rest. The arrays are never handed out.
   */
  final class Buckets implements Rollout {
    private static final int ALL = 100;

    private final Hashing hashing;
    private final int seed;
    private final int[] ends;
    private final Evaluation[] outcomes;
    private final Evaluation rest;

    private Buckets(Hashing hashing, int seed, List<Share> shares, Evaluation rest) {
      this.hashing = hashing;
      this.seed = seed;
      this.ends = new int[shares.size()];
      this.outcomes = new Evaluation[shares.size()];
      long end = 0;
      boolean all = false;
      for (int i = 0; i < ends.length; i++) {
        end += shares.get(i).size();
        ends[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, end));
        outcomes[i] = shares.get(i).outcome();
        all |= end >= ALL;
      }
      this.rest = all ? outcomes[0] : rest; // nobody gets it then, and it need not be kept
    }

    @Override
    public Evaluation pick(String bucketingKey, Map<String, Object> attributes) {
      int bucket = hashing.bucket(bucketingKey, seed);
      for (int i = 0; i < ends.length; i++) {
        if (ends[i] >= bucket) {
          return outcomes[i];
        }
      }
      return rest;
    }

    @Override
    public int bucket(String bucketingKey, Map<String, Object> attributes) {
      return hashing.bucket(bucketingKey, seed);
    }

    @Override
    public List<Evaluation> outcomes() {
      return List.of(outcomes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Buckets that
          && hashing == that.hashing
          && seed == that.seed
          && Arrays.equals(ends, that.ends)
          && Arrays.equals(outcomes, that.outcomes)
          && rest.equals(that.rest);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(outcomes) * 31 + seed;
    }

    @Override
    public String toString() {
      List<String> shares = new ArrayList<>();
      for (int i = 0; i < ends.length; i++) {
        shares.add(outcomes[i].treatment() + " to " + ends[i]);
      }
      return "Buckets" + shares;
    }
  }

  /**
   * What a share of the keys gets.
   *
   * @param outcome what they get
   * @param size how many of a hundred buckets
   */
  record Share(Evaluation outcome, int size) {}

  /** Shares in order; keys that none of them covers get the rest (evaluation specification 2.5). */
  static Rollout of(Hashing hashing, int seed, List<Share> shares, Evaluation rest) {
    if (shares.size() == 1 && shares.get(0).size() == 100) {
      return new Everyone(shares.get(0).outcome());
    }
    return new Buckets(hashing, seed, shares, rest);
  }
}
