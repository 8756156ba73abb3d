package io.splitio.flag;

import io.splitio.flag.Relation.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A segment defined by conditions, less the keys and segments it excludes (evaluation specification
 * 6).
 *
 * @param name its name
 * @param changeNumber its version
 * @param excludedKeys never members
 * @param excluded segments and rule-based segments whose members are none of this one
 * @param conditions any of them makes a key a member; their rollouts are not looked at
 * @param dependencies the names it needs
 */
public record RuleBasedSegment(
    String name,
    long changeNumber,
    Set<String> excludedKeys,
    List<Relation> excluded,
    List<Condition> conditions,
    Dependencies dependencies) {

  /** Copies the collections. */
  public RuleBasedSegment {
    excludedKeys = Set.copyOf(excludedKeys);
    excluded = List.copyOf(excluded);
    conditions = List.copyOf(conditions);
  }

  /** Compiles a definition. */
  public static RuleBasedSegment of(
      String name,
      long changeNumber,
      Set<String> excludedKeys,
      List<Relation> excluded,
      List<Condition> conditions) {
    return new RuleBasedSegment(
        name,
        changeNumber,
        excludedKeys,
        excluded,
        conditions,
        Dependencies.of(excluded, conditions));
  }

  /** Whether a key is a member. */
  public boolean contains(
      String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
    return !excludes(key, bucketingKey, attributes, scope)
        && meetsAny(key, bucketingKey, attributes, scope);
  }

  private boolean excludes(
      String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
    if (excludedKeys.contains(key)) {
      return true;
    }
    for (int i = 0, n = excluded.size(); i < n; i++) {
      if (excluded.get(i).holds(key, bucketingKey, attributes, scope)) {
        return true;
      }
    }
    return false;
  }

  private boolean meetsAny(
      String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
    for (int i = 0, n = conditions.size(); i < n; i++) {
      if (conditions.get(i).matches(key, bucketingKey, attributes, scope)) {
        return true;
      }
    }
    return false;
  }
}
