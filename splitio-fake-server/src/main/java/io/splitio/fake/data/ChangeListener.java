package io.splitio.fake.data;

/** Learns of each change, in order, before the change can be read by anyone. */
public interface ChangeListener {
  /** A feature flag has a new definition; {@code previous} is the change number before. */
  void flagChanged(long changeNumber, long previous, Definition flag);

  /** A feature flag was killed. */
  void flagKilled(long changeNumber, String flag, String treatment);

  /** A rule-based segment has a new definition; {@code previous} is the change number before. */
  void ruleBasedSegmentChanged(long changeNumber, long previous, Definition segment);

  /** Keys entered or left a segment. */
  void segmentChanged(long changeNumber, String segment);
}
