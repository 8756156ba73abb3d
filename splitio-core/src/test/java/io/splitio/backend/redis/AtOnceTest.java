package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be asked together is asked before anything of it is answered. */
class AtOnceTest {
  private static final String FLAG =
      """
      {"changeNumber":1,"trafficTypeName":"user","name":"both","trafficAllocation":100,\
      "trafficAllocationSeed":1,"seed":1,"status":"ACTIVE","killed":false,\
      "defaultTreatment":"off","algo":2,"conditions":[{"conditionType":"ROLLOUT","label":"r",\
      "matcherGroup":{"combiner":"AND","matchers":[\
      {"matcherType":"IN_SEGMENT","negate":false,\
      "userDefinedSegmentMatcherData":{"segmentName":"one"}},\
      {"matcherType":"IN_SEGMENT","negate":false,\
      "userDefinedSegmentMatcherData":{"segmentName":"two"}}]},\
      "partitions":[{"treatment":"on","size":100}]}]}""";

  private final TestSdks sdks = new TestSdks();
  private final ToyRedis redis = new ToyRedis(this::answer);
  private int memberships; // by the thread of the connection that reads

  @AfterEach
  void stop() {
    sdks.close();
    redis.close();
  }

  /** Says nothing of the first membership before it is asked about the second. */
  private String answer(List<String> command) {
    if (command.get(0).equals("SISMEMBER")) {
      return ++memberships % 2 == 0 ? ":1\r\n:1\r\n" : "";
    }
    return command.contains("SPLITIO.split.both")
        ? "*1\r\n$" + FLAG.length() + "\r\n" + FLAG + "\r\n"
        : null;
  }

  @Test
  void membershipsOfAllSegmentsAreAskedTogether() {
    assertThat(
            sdks.ready(
                    RedisConnector.host("127.0.0.1", redis.port())
                        .withoutPush()
                        .callBudget(Duration.ofSeconds(10)))
                .client()
                .getTreatment("k", "both"))
        .isEqualTo("on");
  }
}
