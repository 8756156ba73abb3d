package io.splitio.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A treatment that was served, ready to be sent: what an impression says, without what only
 * listeners get to know, so that nothing of the application's is held on to.
 *
 * @param flag the flag that was asked for
 * @param matchingKey who asked
 * @param bucketingKey the key that decided the bucket, or null when it is the matching key
 * @param treatment what was served
 * @param label the rule that decided, or null when it has none or labels are switched off
 * @param changeNumber the version of the flag, or null when no flag decided
 * @param time when, in milliseconds since 1970-01-01T00:00:00Z
 * @param before when the same was last served, or 0 when it is new or that is not tracked
 * @param properties what the caller sent along, checked
 */
public record Served(
    String flag,
    String matchingKey,
    @Nullable String bucketingKey,
    String treatment,
    @Nullable String label,
    @Nullable Long changeNumber,
    long time,
    long before,
    Map<String, Object> properties) {

  /** When the same was last served, or null when it is new or that is not tracked. */
  public @Nullable Long previousTime() {
    return before == SeenTable.NEVER ? null : Long.valueOf(before);
  }

  /** About how many bytes of a request the properties take. */
  long weight() {
    return properties.isEmpty() ? 0 : Event.weight(properties);
  }
}
