package io.splitio.record;

import io.splitio.api.Evaluation.Variation;
import io.splitio.record.Event.Person;
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
 * @param insight what a service is told that asks for more, or null
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
    Map<String, Object> properties,
    @Nullable Insight insight) {

  /** What most services are told. */
  public Served(
      String flag,
      String matchingKey,
      @Nullable String bucketingKey,
      String treatment,
      @Nullable String label,
      @Nullable Long changeNumber,
      long time,
      long before,
      Map<String, Object> properties) {
    this(
        flag,
        matchingKey,
        bucketingKey,
        treatment,
        label,
        changeNumber,
        time,
        before,
        properties,
        null);
  }

  /**
   * What else there is to tell.
   *
   * @param person who was served
   * @param variation what was served
   */
  public record Insight(Person person, Variation variation) {}

  /** When the same was last served, or null when it is new or that is not tracked. */
  public @Nullable Long previousTime() {
    return before == SeenTable.NEVER ? null : Long.valueOf(before);
  }

  /** About how many bytes of a request what can be long of it takes. */
  long weight() {
    long weight = properties.isEmpty() ? 0 : Event.weight(properties);
    return insight == null ? weight : weight + insight.person.weight();
  }
}
