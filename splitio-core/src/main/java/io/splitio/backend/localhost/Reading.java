package io.splitio.backend.localhost;

import io.splitio.codec.Changes;
import io.splitio.codec.Changes.Section;
import io.splitio.flag.FeatureFlag;
import java.util.Collection;
import java.util.List;

/**
 * What a file of definitions says.
 *
 * @param changes its definitions
 * @param skipped what was passed over, in words that name the line and are fit for a log
 */
record Reading(Changes changes, List<String> skipped) {

  /** Copies the list. */
  Reading {
    skipped = List.copyOf(skipped);
  }

  /** Flags of a file that has nothing else. */
  static Reading of(Collection<FeatureFlag> flags, List<String> skipped) {
    Section<FeatureFlag> section =
        new Section<>(-1, -1, List.copyOf(flags), List.of(), List.of(), List.of());
    return new Reading(
        new Changes(section, new Section<>(-1, -1, List.of(), List.of(), List.of(), List.of())),
        skipped);
  }
}
