package io.splitio.codec;

import io.splitio.flag.Segment;
import io.splitio.keys.KeySet;
import org.jspecify.annotations.Nullable;

/**
 * What one document says of a segment.
 *
 * @param name the segment's name, or null when the document has none
 * @param added keys that are members
 * @param removed keys that are members no more, unless they are also added
 * @param since the version it starts from, -1 for the beginning of time, or {@link Changes#UNSAID}
 * @param till the version it leads to, or {@link Changes#UNSAID}
 */
public record SegmentChange(
    @Nullable String name, KeySet added, KeySet removed, long since, long till) {

  /** The segment after this change, with the given version. */
  public Segment applyTo(Segment before, long changeNumber) {
    return before.with(added, removed, changeNumber);
  }
}
