package io.splitio.backend.featbit.rule;

import io.splitio.flag.Criterion;
import io.splitio.flag.Matcher;
import io.splitio.flag.Relation.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test of a user's property as text. One that is absent does not match, and so a negated test of
 * it holds: there FeatBit is not Split (FeatBit specification 4.3).
 */
record PropertyCriterion(Property property, Matcher matcher, boolean negated) implements Criterion {
  @Override
  public boolean holds(
      String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
    String value = property.of(key, attributes);
    return (value != null && matcher.matches(value)) != negated;
  }

  @Override
  public String describe() {
    return matcher.describe();
  }

  @Override
  public @Nullable String attribute() {
    return property.kind() == Property.Kind.KEY ? null : property.name();
  }
}
