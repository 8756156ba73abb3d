package io.splitio.flag;

import java.util.Map;

/** The other definitions of the same moment, which a rule may ask about. */
public interface Scope {

  /** Whether the key is in a segment; a segment that is not known has no members. */
  boolean inSegment(String segment, String key);

  /** Whether the key is in a rule-based segment; one that is not known has no members. */
  boolean inRuleBasedSegment(
      String segment, String key, String bucketingKey, Map<String, Object> attributes);

  /** The treatment the same key gets from another flag. */
  String treatment(String flag, String key, String bucketingKey, Map<String, Object> attributes);
}
