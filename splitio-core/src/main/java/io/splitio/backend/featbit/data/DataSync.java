package io.splitio.backend.featbit.data;

import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import java.util.List;

/**
 * Definitions as the server sends them.
 *
 * @param full whether they are all there are
 * @param flags flags
 * @param segments segments
 * @param rejected what is wrong with those that were left out, in words
 */
public record DataSync(
    boolean full,
    List<Item<FeatureFlag>> flags,
    List<Item<RuleBasedSegment>> segments,
    List<String> rejected) {

  /** The version after it: that of the newest item, 0 without any. */
  public long version() {
    long version = 0;
    for (Item<?> item : flags) {
      version = Math.max(version, item.version());
    }
    for (Item<?> item : segments) {
      version = Math.max(version, item.version());
    }
    return version;
  }
}
