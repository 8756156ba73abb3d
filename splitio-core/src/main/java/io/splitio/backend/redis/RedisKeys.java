package io.splitio.backend.redis;

/**
 * The names of everything in Redis (Redis specification 2 and 3). The only place where they are
 * made, so that none is without its prefix.
 *
 * @param prefix what stands before each name, its last dot included; or nothing
 */
record RedisKeys(String prefix) {
  private static final String FLAG = "SPLITIO.split.";
  private static final String GLOB = "*?[]^-\\";

  /** The names below a prefix as the Synchronizer is given it, which is taken literally. */
  static RedisKeys below(String userPrefix) {
    return new RedisKeys(userPrefix.isEmpty() ? "" : userPrefix + ".");
  }

  String flag(String name) {
    return prefix + FLAG + name;
  }

  String ruleBasedSegment(String name) {
    return prefix + "SPLITIO.rbsegment." + name;
  }

  String segment(String name) {
    return prefix + "SPLITIO.segment." + name;
  }

  String flagSet(String name) {
    return prefix + "SPLITIO.flagSet." + name;
  }

  String trafficType(String name) {
    return prefix + "SPLITIO.trafficType." + name;
  }

  String flagsTill() {
    return prefix + "SPLITIO.splits.till";
  }

  String ruleBasedTill() {
    return prefix + "SPLITIO.rbsegments.till";
  }

  String hash() {
    return prefix + "SPLITIO.hash";
  }

  String impressions() {
    return prefix + "SPLITIO.impressions";
  }

  String counts() {
    return prefix + "SPLITIO.impressions.count";
  }

  String uniqueKeys() {
    return prefix + "SPLITIO.uniquekeys";
  }

  String events() {
    return prefix + "SPLITIO.events";
  }

  String init() {
    return prefix + "SPLITIO.telemetry.init";
  }

  String latencies() {
    return prefix + "SPLITIO.telemetry.latencies";
  }

  String exceptions() {
    return prefix + "SPLITIO.telemetry.exceptions";
  }

  /** What the keys of all flags match, and no others. */
  String everyFlag() {
    StringBuilder pattern = new StringBuilder();
    prefix
        .chars()
        .forEach(c -> pattern.append(GLOB.indexOf(c) < 0 ? "" : "\\").append((char) c));
    return pattern.append(FLAG).append('*').toString();
  }

  /** The flag a key is about; the key must be one of {@link #everyFlag}. */
  String flagOf(String key) {
    return key.substring(prefix.length() + FLAG.length());
  }
}
