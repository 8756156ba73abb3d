package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.SdkStatus;
import io.splitio.backend.localhost.LocalhostConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files served by a whole SDK instance, with its own threads. */
class LocalhostFactoryTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String FLAGS =
      """
      {"splits": [{"name": "checkout", "conditions": [{"conditionType": "ROLLOUT",
        "label": "staff", "matcherGroup": {"combiner": "AND", "matchers": [{"matcherType":
        "IN_SEGMENT", "userDefinedSegmentMatcherData": {"segmentName": "staff"}}]},
        "partitions": [{"treatment": "%s", "size": 100}]}]}], "since": -1, "till": -1}
      """;

  @TempDir Path folder;

  @Test
  void servesAJsonFileWithItsSegmentsAndItsChanges() throws Exception {
    Path file = Files.writeString(folder.resolve("splits.json"), FLAGS.formatted("v1"));
    Files.writeString(folder.resolve("staff.json"), "{\"name\":\"staff\",\"added\":[\"ana\"]}");
    BlockingQueue<Set<String>> changes = new LinkedBlockingQueue<>();
    try (SplitFactory factory =
        SplitFactory.create(
            LocalhostConnector.file(file).segments(folder).refresh(Duration.ofMillis(10)),
            SplitConfig.defaults().withFlagChangeListener(changes::add))) {
      factory.blockUntilReady(LIMIT);
      assertThat(factory.client().getTreatment("ana", "checkout")).isEqualTo("v1");
      assertThat(factory.client().getTreatment("eve", "checkout")).isEqualTo("off");
      assertThat(changes.poll(10, TimeUnit.SECONDS)).containsExactly("checkout");

      Files.writeString(file, FLAGS.formatted("v2"));

      assertThat(changes.poll(10, TimeUnit.SECONDS)).containsExactly("checkout");
      assertThat(factory.client().getTreatment("ana", "checkout")).isEqualTo("v2");
    }
  }

  @Test
  void aBadFileKeepsTheInstanceWaitingAndTheHealthSaysWhy() throws Exception {
    Path file = Files.writeString(folder.resolve("flags.yaml"), "- f: {treatment");
    try (SplitFactory factory =
        SplitFactory.create(LocalhostConnector.file(file), SplitConfig.defaults())) {
      Awaitility.await().atMost(LIMIT).until(() -> factory.health().fatal());

      assertThat(factory.status()).isEqualTo(SdkStatus.NOT_READY);
      assertThat(factory.health().problem()).startsWith(file + ", line 1: ");
      assertThat(factory.client().getTreatment("ana", "f", Map.of())).isEqualTo("control");
    }
  }
}
