package io.splitio.flag;

import io.splitio.flag.Relation.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One test of a condition: what it looks at, what it asks, and whether the answer is turned round.
 * A backend may have tests of its own.
 */
public interface Criterion {

  /** Whether it holds, negation included. */
  boolean holds(String key, String bucketingKey, Map<String, Object> attributes, Scope scope);

  /** The question in words, without its negation. */
  String describe();

  /** Whether it holds when the question is answered with no. */
  boolean negated();

  /** The attribute it looks at, or null for the key. */
  default @Nullable String attribute() {
    return null;
  }

  /** Adds the names it will ask its scope for. */
  default void dependencies(Dependencies.Collector names) {}

  /** A test of the matching key. */
  record OfKey(Matcher matcher, boolean negated) implements Criterion {
    @Override
    public boolean holds(
        String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
      return matcher.matches(key) != negated;
    }

    @Override
    public String describe() {
      return matcher.describe();
    }
  }

  /** A test of an attribute. One that is absent or null never matches, negated or not. */
  record OfAttribute(String attribute, Matcher matcher, boolean negated) implements Criterion {
    @Override
    public boolean holds(
        String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
      Object value = attributes.get(attribute);
      return value != null && matcher.matches(value) != negated;
    }

    @Override
    public String describe() {
      return matcher.describe();
    }
  }

  /** A question about the key that another definition answers. */
  record OfRelation(Relation relation, boolean negated) implements Criterion {
    @Override
    public boolean holds(
        String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
      return relation.holds(key, bucketingKey, attributes, scope) != negated;
    }

    @Override
    public String describe() {
      return relation.describe();
    }

    @Override
    public void dependencies(Dependencies.Collector names) {
      relation.dependencies(names);
    }
  }

  /**
   * A test that cannot be answered: the evaluation that reaches it fails, as in the official Java
   * SDK.
   */
  record Unanswerable(String reason) implements Criterion {
    @Override
    public boolean holds(
        String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
      throw new IllegalStateException(reason);
    }

    @Override
    public String describe() {
      return "cannot be answered: " + reason;
    }

    @Override
    public boolean negated() {
      return false;
    }
  }
}
