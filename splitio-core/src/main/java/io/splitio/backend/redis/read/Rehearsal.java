package io.splitio.backend.redis.read;

import io.splitio.api.DateUnit;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question that is answered while the first connection is made, from copies that are thrown away.
 * The first question of a process takes as long as it takes to load what answers it, some hundred
 * classes; so that is not within the budget of a call. Redis is asked nothing.
 */
final class Rehearsal {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private static final String FLAG =
      """
      {"name":"flag","trafficTypeName":"user","status":"ACTIVE","killed":false,"changeNumber":1,
       "defaultTreatment":"off","algo":2,"seed":1,"trafficAllocation":99,"trafficAllocationSeed":1,
       "configurations":{"on":"{}"},"sets":["set"],"prerequisites":[{"n":"other","ts":["on"]}],
       "conditions":[
        {"conditionType":"WHITELIST","label":"listed","partitions":[{"treatment":"on","size":100}],
         "matcherGroup":{"combiner":"AND","matchers":[{"matcherType":"WHITELIST","negate":false,
          "whitelistMatcherData":{"whitelist":["somebody"]}}]}},
        {"conditionType":"ROLLOUT","label":"in rules","partitions":[{"treatment":"on","size":100}],
         "matcherGroup":{"combiner":"AND","matchers":[
          {"matcherType":"IN_RULE_BASED_SEGMENT","negate":false,
           "userDefinedSegmentMatcherData":{"segmentName":"rules"}}]}},
        {"conditionType":"ROLLOUT","label":"in segment all",
         "partitions":[{"treatment":"on","size":50},{"treatment":"off","size":50}],
         "matcherGroup":{"combiner":"AND","matchers":[{"matcherType":"ALL_KEYS","negate":false}]}}]}
      """;

  private static final String RULES =
      """
      {"name":"rules","trafficTypeName":"user","status":"ACTIVE","changeNumber":1,
       "excluded":{"keys":["nobody"],"segments":[{"name":"staff","type":"standard"}]},
       "conditions":[{"conditionType":"ROLLOUT","matcherGroup":{"combiner":"AND","matchers":[
        {"keySelector":{"trafficType":"user","attribute":"age"},"negate":false,
         "matcherType":"GREATER_THAN_OR_EQUAL_TO",
         "unaryNumericMatcherData":{"dataType":"NUMBER","value":18}}]}}]}
      """;

  private final RedisSettings settings;
  private final DateUnit dateUnit;
  private final Line unused;

  /**
   * Nothing is rehearsed yet.
   *
   * @param settings those of what is rehearsed
   * @param dateUnit likewise
   * @param unused a line that nobody starts, on which nothing can be asked
   */
  Rehearsal(RedisSettings settings, DateUnit dateUnit, Line unused) {
    this.settings = settings;
    this.dateUnit = dateUnit;
    this.unused = unused;
  }

  /** Rehearses on a thread that may take its time; completes when that is over, however it went. */
  CompletableFuture<Void> on(Executor executor) {
    return CompletableFuture.runAsync(this::answer, executor)
        .exceptionally(
            failure -> {
              log.debug("The first call will take longer than others", failure);
              return null;
            });
  }

  /** What was gathered. */
  Snapshot answer() {
    Local local = Local.copies(settings, dateUnit);
    local.toldFromNowOn(); // so that copies are fresh, whatever the settings
    hold(local.flags(), "flag", FLAG);
    hold(local.ruleBased(), "rules", RULES);
    Reads reads = new Reads(unused, local, new Complaints(settings.address()), false, false);
    Query query = new Query("key", List.of("flag"), List.of(), false);
    return new Gathering(local, reads, query, Long.MAX_VALUE, null).begin().join();
  }

  private static void hold(Copies<?> copies, String name, String definition) {
    byte[] stored = definition.getBytes(StandardCharsets.UTF_8);
    CompletableFuture<?> unused = copies.load(name, loading -> loading.arrived(stored));
  }
}
