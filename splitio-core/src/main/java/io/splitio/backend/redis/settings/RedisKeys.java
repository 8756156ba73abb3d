package io.splitio.backend.redis.settings;

import java.util.List;

/**
 * The names of everything in Redis (Redis specification 2 and 3). The only place where they are
 * made, so that none is without its prefix.
 *
 * @param prefix what stands before each name, its last dot included; or nothing
 */
public record RedisKeys(String prefix) {
  private static final String FLAG = "SPLITIO.split.";
  private static final String GLOB = "*?[]^-\\";

  /** The names below a prefix as the Synchronizer is given it, which is taken literally. */
  public static RedisKeys below(String userPrefix) {
    return new RedisKeys(userPrefix.isEmpty() ? "" : userPrefix + ".");
  }

  public String flag(String name) {
    return prefix + FLAG + name;
  }

  public String ruleBasedSegment(String name) {
    return prefix + "SPLITIO.rbsegment." + name;
  }

  public String segment(String name) {
    return prefix + "SPLITIO.segment." + name;
  }

  public String flagSet(String name) {
    return prefix + "SPLITIO.flagSet." + name;
  }

  public String flagsTill() {
    return prefix + "SPLITIO.splits.till";
  }

  public String ruleBasedTill() {
    return prefix + "SPLITIO.rbsegments.till";
  }

  public String hash() {
    return prefix + "SPLITIO.hash";
  }

  public String impressions() {
    return prefix + "SPLITIO.impressions";
  }

  public String counts() {
    return prefix + "SPLITIO.impressions.count";
  }

  public String uniqueKeys() {
    return prefix + "SPLITIO.uniquekeys";
  }

  public String events() {
    return prefix + "SPLITIO.events";
  }

  public String init() {
    return prefix + "SPLITIO.telemetry.init";
  }

  public String latencies() {
    return prefix + "SPLITIO.telemetry.latencies";
  }

  public String exceptions() {
    return prefix + "SPLITIO.telemetry.exceptions";
  }

  /**
   * The beginnings of the keys whose changes matter, none of which is the beginning of another.
   * What is written all the time is not among them.
   */
  public List<String> tracked() {
    return List.of(
        flag(""),
        ruleBasedSegment(""),
        segment(""),
        flagSet(""),
        flagsTill(),
        ruleBasedTill(),
        hash());
  }

  /** What the keys of all flags match, and no others. */
  public String everyFlag() {
    StringBuilder pattern = new StringBuilder();
    prefix.chars().forEach(c -> pattern.append(GLOB.indexOf(c) < 0 ? "" : "\\").append((char) c));
    return pattern.append(FLAG).append('*').toString();
  }

  /** The flag a key is about; the key must be one of {@link #everyFlag}. */
  public String flagOf(String key) {
    return key.substring(prefix.length() + FLAG.length());
  }
}
