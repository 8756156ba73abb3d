package io.splitio.backend.featbit.rule;

import io.splitio.api.Evaluation;
import io.splitio.flag.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shares users out by intervals, looked at in order, of the hash of the flag's key and a property
 * of the user. Gaps are allowed: who is in one gets what the rest says (FeatBit specification 4.5
 * and 4.6).
 *
 * @param flag the key of the flag
 * @param dispatch the property that is hashed
 * @param shares the intervals
 * @param rest what decides for those in no interval, or null when they get an error
 */
record Intervals(String flag, Property dispatch, List<Share> shares, @Nullable Rollout rest)
    implements Rollout {
  private static final String EXPERIMENT = "expt";

  /** From here on there is no upper limit: a bucket of exactly 1 exists. */
  private static final double OPEN_END = 0.99999;

  /** Copies the list. */
  Intervals {
    shares = List.copyOf(shares);
  }

  /**
   * What the users in an interval get.
   *
   * @param from where it begins
   * @param to where it ends, which is beyond it
   * @param experiment the part of its users who are in an experiment, from 0 to 1
   * @param outcomes what they get, or null when the flag does not have it
   */
  record Share(double from, double to, double experiment, @Nullable Outcomes outcomes) {
    private boolean isForAll() {
      return from <= 0 && isOpen(to);
    }

    private boolean contains(double bucket) {
      return from <= bucket && (bucket < to || isOpen(to));
    }

    private Evaluation outcome(String hashed) {
      if (outcomes == null) {
        throw new IllegalStateException("a percentage is of a variation the flag does not have");
      }
      return isExperiment(hashed) ? outcomes.counted : outcomes.plain;
    }

    private boolean isExperiment(String hashed) {
      return experiment > 0 && (isOpen(experiment) || Bucket.of(EXPERIMENT + hashed) < experiment);
    }
  }

  /**
   * A variation, ready to be served.
   *
   * @param plain outside of experiments
   * @param counted within an experiment
   */
  record Outcomes(Evaluation plain, Evaluation counted) {}

  private static boolean isOpen(double end) {
    return end >= OPEN_END;
  }

  @Override
  public Evaluation pick(String bucketingKey, Map<String, Object> attributes) {
    String hashed = hashed(bucketingKey, attributes);
    double bucket = needsBucket() ? Bucket.of(hashed) : 0;
    for (int i = 0, n = shares.size(); i < n; i++) {
      if (shares.get(i).contains(bucket)) {
        return shares.get(i).outcome(hashed);
      }
    }
    if (rest == null) {
      throw new IllegalStateException("the default rule leaves out bucket " + bucket);
    }
    return rest.pick(bucketingKey, attributes);
  }

  private boolean needsBucket() {
    return shares.isEmpty() || !shares.get(0).isForAll();
  }

  private String hashed(String bucketingKey, Map<String, Object> attributes) {
    String value = dispatch.of(bucketingKey, attributes);
    return value == null ? flag : flag + value;
  }

  @Override
  public int bucket(String bucketingKey, Map<String, Object> attributes) {
    return needsBucket()
        ? (int) Math.min(100, 1 + Bucket.of(hashed(bucketingKey, attributes)) * 100)
        : 0;
  }

  @Override
  public List<Evaluation> outcomes() {
    List<Evaluation> outcomes = new ArrayList<>();
    for (Share share : shares) {
      if (share.outcomes != null) {
        outcomes.add(share.outcomes.plain);
      }
    }
    if (rest != null) {
      outcomes.addAll(rest.outcomes());
    }
    return outcomes;
  }
}
