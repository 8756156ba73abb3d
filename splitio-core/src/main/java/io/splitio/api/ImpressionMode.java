package io.splitio.api;

/** How much is reported about the treatments that were served. */
public enum ImpressionMode {
  /** Each distinct impression once an hour, and counts of all. */
  OPTIMIZED,
  /** Every impression. */
  DEBUG,
  /** No impressions; the keys that were seen for each flag, and counts. */
  NONE
}
