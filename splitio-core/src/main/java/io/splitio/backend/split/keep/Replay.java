package io.splitio.backend.split.keep;

import io.splitio.backend.split.stream.Notification;
import io.splitio.codec.Changes;
import io.splitio.codec.Changes.Section;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;

/** Puts definitions in force, in the same way when they are received and when they were kept. */
public interface Replay {

  /** Puts a page in force. */
  void apply(Changes page);

  /** Puts one flag in force that leads to a version. */
  void apply(Section<FeatureFlag> flag, long till);

  /** Puts one rule-based segment in force that leads to a version. */
  void applyRuleBased(Section<RuleBasedSegment> segment, long till);

  /** Serves a flag's default treatment to everybody. */
  void kill(Notification.Kill kill);
}
