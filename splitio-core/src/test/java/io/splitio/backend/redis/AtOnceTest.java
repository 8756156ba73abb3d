package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.SplitClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  private final List<String> kept = new ArrayList<>(); // answers, by the thread of the connection
  private volatile int least = 2; // answers that come together
  private volatile int members = 1;
  private volatile boolean cut; // instead of the last of these answers

  @AfterEach
  void stop() {
    sdks.close();
    redis.close();
  }

  /** Says nothing of memberships before there is more to answer. */
  private String answer(List<String> command) {
    if (command.get(0).equals("SISMEMBER")) {
      kept.add(":" + members + "\r\n");
    } else if (command.contains("SPLITIO.split.both")) {
      return "*2\r\n$" + FLAG.length() + "\r\n" + FLAG + "\r\n$1\r\n1\r\n";
    } else if (cut && command.contains("SPLITIO.splits.till")) {
      throw new UncheckedIOException(new IOException("cut"));
    } else if (!kept.isEmpty() && command.contains("SPLITIO.splits.till")) {
      kept.add("*1\r\n$1\r\n1\r\n");
    } else {
      return null;
    }
    if (kept.size() < least) {
      return "";
    }
    String all = String.join("", kept);
    kept.clear();
    return all;
  }

  private RedisConnector connector() {
    return RedisConnector.host("127.0.0.1", redis.port())
        .withoutPush()
        .callBudget(Duration.ofSeconds(10));
  }

  private SplitClient client() {
    return sdks.ready(connector()).client();
  }

  @Test
  void membershipsOfAllSegmentsAreAskedTogether() {
    assertThat(client().getTreatment("k", "both")).isEqualTo("on");
  }

  @Test
  void whetherRedisWasEmptiedIsAskedAlongWithMembershipsThatMayBeGone() {
    least = 3;
    SplitClient client = client();
    assertThat(client.getTreatment("k", "both")).isEqualTo("on");
    members = 0;

    assertThat(client.getTreatment("k", "both")).isEqualTo("off");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, control", "PT1H, on"})
  void whereThatIsNotAnsweredTheLastAnswerIsServedIfItIsNotTooOld(
      Duration oldest, String treatment) {
    SplitClient client =
        sdks.ready(connector().localCopies(Duration.ofMinutes(5)).staleOnErrorMax(oldest)).client();
    assertThat(client.getTreatment("k", "both")).isEqualTo("on");
    least = 0;
    members = 0;
    cut = true;

    assertThat(client.getTreatment("k", "both")).isEqualTo(treatment);
  }
}
