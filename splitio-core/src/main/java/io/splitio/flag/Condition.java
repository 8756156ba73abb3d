package io.splitio.flag;

import io.splitio.flag.Relation.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who it is for and what they get.
 *
 * @param type whether traffic allocation applies
 * @param label what impressions say when it decided
 * @param criteria all must hold
 * @param rollout shares the keys out
 */
public record Condition(
    Type type, @Nullable String label, List<Criterion> criteria, Rollout rollout) {

  /** Whether traffic allocation applies. */
  public enum Type {
    /** For individual targets: traffic allocation does not apply. */
    WHITELIST,
    /** For everybody who is admitted by traffic allocation. */
    ROLLOUT
  }

  /** Copies the list. */
  public Condition {
    criteria = List.copyOf(criteria);
  }

  /** Whether it is for the given key. */
  public boolean matches(
      String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
    List<Criterion> all = criteria;
    for (int i = 0, n = all.size(); i < n; i++) {
      if (!all.get(i).holds(key, bucketingKey, attributes, scope)) {
        return false;
      }
    }
    return true;
  }
}
