package io.splitio.backend.redis.read;

import io.splitio.api.DateUnit;
import io.splitio.backend.redis.link.RedisKeys;
import io.splitio.codec.Changes;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is held of Redis in memory.
 *
 * @param flags flags
 * @param ruleBased rule-based segments
 * @param flagSets the names in flag sets
 */
record Local(
    Copies<FeatureFlag> flags, Copies<RuleBasedSegment> ruleBased, Copies<Set<String>> flagSets) {

  /** Nothing yet. */
  static Local copies(RedisKeys keys, DateUnit dateUnit, long freshNanos) {
    ChangesReader reader = new ChangesReader(dateUnit, Sanitizing.STORED);
    return new Local(
        new Copies<>(keys::flag, stored -> only(reader.readFlag(stored)), freshNanos),
        new Copies<>(
            keys::ruleBasedSegment,
            stored -> only(reader.readRuleBasedSegment(stored)),
            freshNanos),
        new Copies<>(keys::flagSet, stored -> null, freshNanos));
  }

  private static <T> @Nullable T only(Changes.Section<T> section) throws IOException {
    if (!section.rejected().isEmpty()) {
      throw new IOException(section.rejected().get(0).reason());
    }
    return section.active().isEmpty() ? null : section.active().get(0);
  }

  /** All definitions there are. */
  Snapshot everything() {
    List<FeatureFlag> allFlags = new ArrayList<>();
    List<RuleBasedSegment> allRules = new ArrayList<>();
    flags.forEach((name, flag) -> allFlags.add(flag));
    ruleBased.forEach((name, rules) -> allRules.add(rules));
    return Change.flags(allFlags, List.of(), -1)
        .and(Change.ruleBasedSegments(allRules, List.of(), -1))
        .applyTo(Snapshot.EMPTY);
  }
}
