package io.splitio.telemetry;

/** What the SDK asks a service for or sends to it, as telemetry tells them apart. */
public enum Resource {
  /** Flags and rule-based segments. */
  DEFINITIONS,
  /** Segments. */
  SEGMENTS,
  /** Impressions. */
  IMPRESSIONS,
  /** Counts of impressions. */
  COUNTS,
  /** Events. */
  EVENTS,
  /** Tokens for streaming. */
  TOKEN,
  /** Telemetry, and unique keys. */
  TELEMETRY
}
