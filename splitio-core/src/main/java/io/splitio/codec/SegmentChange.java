package io.splitio.codec;

import io.splitio.flag.Segment;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one document says of a segment.
 *
 * @param name the segment's name, or null when the document has none
 * @param added keys that are members
 * @param removed keys that are members no more, unless they are also added
 * @param since the version it starts from, -1 for the beginning of time
 * @param till the version it leads to
 */
public record SegmentChange(
    @Nullable String name, Set<String> added, Set<String> removed, long since, long till) {

  /** The segment after this change, with the given version. */
  public Segment applyTo(Segment before, long changeNumber) {
    return before.with(added, removed, changeNumber);
  }
}
