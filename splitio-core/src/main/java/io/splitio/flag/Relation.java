package io.splitio.flag;

import java.util.List;
import java.util.Map;

/** A question about the matching key that another definition answers. */
public interface Relation {

  /** Whether it holds. */
  boolean holds(String key, String bucketingKey, Map<String, Object> attributes, Scope scope);

  /** The question in words. */
  String describe();

  /** Adds the names it will ask its scope for. */
  void dependencies(Dependencies.Collector names);

  /** Membership of a segment. */
  record InSegment(String segment) implements Relation {
    @Override
    public boolean holds(
        String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
      return scope.inSegment(segment, key);
    }

    @Override
    public String describe() {
      return "is in segment " + segment;
    }

    @Override
    public void dependencies(Dependencies.Collector names) {
      names.segment(segment);
    }
  }

  /** Membership of a rule-based segment. */
  record InRuleBasedSegment(String segment) implements Relation {
    @Override
    public boolean holds(
        String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
      return scope.inRuleBasedSegment(segment, key, bucketingKey, attributes);
    }

    @Override
    public String describe() {
      return "is in rule-based segment " + segment;
    }

    @Override
    public void dependencies(Dependencies.Collector names) {
      names.ruleBasedSegment(segment);
    }
  }

  /** What another flag serves: a dependency matcher, and a prerequisite. */
  record InTreatment(String flag, List<String> treatments) implements Relation {
    /** Copies the list. */
    public InTreatment {
      treatments = List.copyOf(treatments);
    }

    @Override
    public boolean holds(
        String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
      return treatments.contains(scope.treatment(flag, key, bucketingKey, attributes));
    }

    @Override
    public String describe() {
      return "gets one of " + treatments + " from flag " + flag;
    }

    @Override
    public void dependencies(Dependencies.Collector names) {
      names.flag(flag);
    }
  }

  /** The other definitions of the same moment, which a rule may ask. */
  interface Scope {

    /** Whether the key is in a segment; a segment that is not known has no members. */
    boolean inSegment(String segment, String key);

    /** Whether the key is in a rule-based segment; one that is not known has no members. */
    boolean inRuleBasedSegment(
        String segment, String key, String bucketingKey, Map<String, Object> attributes);

    /** The treatment the same key gets from another flag. */
    String treatment(String flag, String key, String bucketingKey, Map<String, Object> attributes);
  }
}
