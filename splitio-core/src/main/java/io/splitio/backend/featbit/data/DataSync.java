package io.splitio.backend.featbit.data;

import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Definitions as the server sends them.
 *
 * @param text the message
 * @param full whether they are all there are
 * @param flags flags
 * @param segments segments
 * @param rejected those that were left out
 */
public record DataSync(
    String text,
    boolean full,
    List<Item<FeatureFlag>> flags,
    List<Item<RuleBasedSegment>> segments,
    List<Rejected> rejected) {

  /**
   * A definition that cannot be used.
   *
   * @param segment whether it is a segment
   * @param key what it is known by, if that could be read
   * @param problem what is wrong with it, in words
   */
  public record Rejected(boolean segment, @Nullable String key, String problem) {}

  /** The keys of the flags, or of the segments, that were left out. */
  public Set<String> rejectedKeys(boolean segments) {
    Set<String> keys = new HashSet<>();
    for (Rejected one : rejected) {
      if (one.segment == segments && one.key != null) {
        keys.add(one.key);
      }
    }
    return keys;
  }

  /** The document of one of its items, as it was sent. */
  public String document(Item<?> item) {
    return text.substring(item.from(), item.to());
  }

  /** Whether it has no items that can be used. */
  public boolean isEmpty() {
    return flags.isEmpty() && segments.isEmpty();
  }

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
