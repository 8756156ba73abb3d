package io.splitio.telemetry;

import java.util.Map;

/**
 * How the SDK is doing (protocol specification 10.2).
 *
 * @param interval what it counted since the last report
 * @param lastSuccess when an exchange about each resource last succeeded, in milliseconds since
 *     1970, or 0
 * @param recorded what it recorded since it was made
 * @param held what it holds now
 * @param sessionMillis how long it existed, in milliseconds; 0 before its end
 */
public record UsageReport(
    Interval interval,
    Map<Resource, Long> lastSuccess,
    Recorded recorded,
    Held held,
    long sessionMillis) {

  /**
   * What was recorded since the SDK was made.
   *
   * @param impressionsQueued impressions taken to be sent
   * @param impressionsDeduplicated impressions that were only counted, being known already
   * @param impressionsDropped impressions that were lost
   * @param eventsQueued events taken to be sent
   * @param eventsDropped events that were lost
   */
  public record Recorded(
      long impressionsQueued,
      long impressionsDeduplicated,
      long impressionsDropped,
      long eventsQueued,
      long eventsDropped) {}

  /**
   * What the SDK holds.
   *
   * @param flags flags
   * @param segments segments
   * @param segmentKeys keys in all segments together
   */
  public record Held(long flags, long segments, long segmentKeys) {}
}
