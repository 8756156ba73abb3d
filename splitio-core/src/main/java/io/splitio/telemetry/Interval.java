package io.splitio.telemetry;

import java.util.List;
import java.util.Map;

/**
 * What the SDK counted about itself since the last report. Absent from a map is what holds nothing.
 *
 * @param methodLatencies how long methods took, in 23 buckets each
 * @param methodExceptions how often methods failed
 * @param exchangeErrors how often an exchange ended with another status than a success
 * @param exchangeLatencies how long exchanges took, in 23 buckets each
 * @param tokenRefreshes how often a token was obtained
 * @param authRejections how often the service rejected the SDK key when asked for a token
 * @param streamed what happened to streaming, at most 20 of it
 * @param tags texts of the application
 * @param inlineUpdates how many notifications were applied without asking for more
 */
public record Interval(
    Map<Call, List<Long>> methodLatencies,
    Map<Call, Long> methodExceptions,
    Map<Resource, Map<Integer, Long>> exchangeErrors,
    Map<Resource, List<Long>> exchangeLatencies,
    long tokenRefreshes,
    long authRejections,
    List<Streamed> streamed,
    List<String> tags,
    long inlineUpdates) {

  /**
   * Something that happened to streaming.
   *
   * @param type what
   * @param data more about it; what it means depends on the type
   * @param time when, in milliseconds since 1970
   */
  public record Streamed(StreamingEvent type, long data, long time) {}
}
