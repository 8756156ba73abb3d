package io.splitio.backend.featbit.rule;

import io.splitio.api.Evaluation;
import io.splitio.flag.Rollout;
import java.util.List;
import java.util.Map;

/** A decision for a variation the flag does not have: it cannot be carried out. */
record NoVariation(String reason) implements Rollout {
  @Override
  public Evaluation pick(String bucketingKey, Map<String, Object> attributes) {
    throw new IllegalStateException(reason);
  }

  @Override
  public int bucket(String bucketingKey, Map<String, Object> attributes) {
    return 0;
  }

  @Override
  public List<Evaluation> outcomes() {
    return List.of();
  }
}
