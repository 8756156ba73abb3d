package io.splitio.backend.redis;

import static io.splitio.backend.redis.TestSdks.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster whose nodes come and go, and whose slots move (reliability 3.6). */
class ClusterTest {
  private static final Map<String, Object> ADULT = Map.of("country", "DE", "age", 30);
  private static final String KEYS = "{SPLITIO}acme.";

  private TestCluster cluster;
  private TestSdks sdks;

  @BeforeEach
  void start() {
    cluster = new TestCluster();
    sdks = new TestSdks();
    try (RedisCli cli = cluster.node(0).cli()) {
      TestRedis.load(cli, KEYS);
    }
  }

  @AfterEach
  void stop() {
    sdks.close();
    cluster.close();
  }

  private SplitFactory ready(int... told) {
    return sdks.ready(cluster.connector(told).prefix("acme").localCopies(Duration.ZERO));
  }

  private static void assertAnswers(SplitClient client) {
    assertThat(client.getTreatment("alice", "price_test", ADULT)).isEqualTo("high");
    assertThat(client.getTreatment("erin", "price_test", ADULT)).isEqualTo("low");
  }

  @Test
  void theOwnerOfTheKeysIsFoundFromAnyNode() {
    SplitFactory factory = ready(5, 1);
    assertAnswers(factory.client());
    assertThat(factory.client().getTreatmentsByFlagSet("alice", "frontend")).hasSize(2);
    assertThat(factory.manager().splitNames()).hasSize(3);
    factory.client().track("alice", "user", "bought");

    awaitDelivered(factory, 3, 1); // one flag has none
    assertThat(cluster.node(0).say("LLEN " + KEYS + "SPLITIO.impressions")).isEqualTo(3L);
    assertThat(cluster.node(0).say("LLEN " + KEYS + "SPLITIO.events")).isEqualTo(1L);
  }

  @Test
  void whileASlotMovesKeysAreFoundOnBothNodesAndNothingIsLost() {
    SplitFactory factory = ready(0, 1, 2);
    assertAnswers(factory.client());
    awaitDelivered(factory, 2, 0);

    cluster.beginMove(0, 1);
    assertAnswers(factory.client());
    cluster.move(0, 1, KEYS + "SPLITIO.split.price_test");
    assertAnswers(factory.client());
    cluster.move(0, 1, KEYS + "SPLITIO.rbsegment.eu_adults");
    cluster.move(0, 1, KEYS + "SPLITIO.segment.beta_testers");
    assertAnswers(factory.client());
    factory.client().track("alice", "user", "bought");
    awaitDelivered(factory, 8, 1);

    cluster.endMove(0, 1);
    assertAnswers(factory.client());
    factory.client().track("alice", "user", "bought");
    awaitDelivered(factory, 10, 2);
    assertThat(cluster.node(1).say("LLEN " + KEYS + "SPLITIO.impressions")).isEqualTo(10L);
    assertThat(cluster.node(1).say("LLEN " + KEYS + "SPLITIO.events")).isEqualTo(2L);
  }

  private static void assertAllListed(SplitFactory factory) {
    assertThat(factory.manager().splitNames()).hasSize(3);
    assertThat(factory.manager().async().splitNames().join()).hasSize(3);
    assertThat(factory.manager().splits()).hasSize(3);
    assertThat(factory.client().evaluateAll(Key.of("alice"), ADULT)).hasSize(3);
  }

  @Test
  void allFlagsAreListedWhileTheirSlotMovesAndThereafter() {
    SplitFactory factory = ready(0, 1, 2);

    cluster.beginMove(0, 1);
    assertAllListed(factory);
    cluster.move(0, 1, KEYS + "SPLITIO.split.price_test");
    assertAllListed(factory);
    cluster.move(0, 1, KEYS + "SPLITIO.splits.till");
    assertAllListed(factory);
    cluster.endMove(0, 1);
    assertAllListed(factory);
  }

  @Test
  void whileNobodyOwnsTheKeysWhatIsKnownIsServed() {
    SplitFactory factory = ready(0, 1, 2);
    assertAnswers(factory.client());
    cluster.disown(0);
    factory.client().track("alice", "user", "bought");

    await()
        .until(
            () -> {
              assertAnswers(factory.client());
              return factory.health().problem() != null;
            });
    assertThat(factory.client().evaluate(Key.of("vip_user"), "price_test", ADULT).label())
        .isEqualTo("exception");

    cluster.own(0);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> factory.client().getTreatment("vip_user", "price_test", ADULT).equals("low"));
    awaitDelivered(factory, factory.health().impressions().accepted(), 1);
  }

  @Test
  void whenTheOwnerDiesItsReplicaIsAskedAndUntilThenWhatIsKnown() {
    SplitFactory factory = ready(0, 1, 2);
    assertAnswers(factory.client());
    awaitDelivered(factory, 2, 0);

    cluster.node(0).close();
    assertAnswers(factory.client());
    factory.client().track("alice", "user", "bought");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(factory.client().getTreatment("frank", "checkout_v2"))
                    .isNotEqualTo("control"));
    awaitDelivered(factory, factory.health().impressions().accepted(), 1);
    assertThat(cluster.node(3).say("LLEN " + KEYS + "SPLITIO.events")).isEqualTo(1L);
  }

  @Test
  void whatChangesOnTheNodeThatASlotMovesToIsSeenAndThatNodeTellsOfChangesInTheEnd() {
    String key = KEYS + "SPLITIO.split.legacy_banner";
    SplitClient client =
        sdks.ready(
                cluster
                    .connector(0, 1, 2)
                    .prefix("acme")
                    .localCopies(Duration.ofSeconds(1))
                    .callBudget(Duration.ofSeconds(5)))
            .client();
    await().until(() -> tells(0));
    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("off");

    cluster.beginMove(0, 1);
    cluster.move(0, 1, key);
    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("off");
    try (RedisCli cli = cluster.node(1).cli()) {
      cli.say("ASKING");
      String stored = (String) cli.say("GET " + key);
      cli.say("ASKING");
      cli.send(List.of("SET", key, stored.replace("\"off\"", "\"elsewhere\"")));
    }
    await().until(() -> client.getTreatment("erin", "legacy_banner").equals("elsewhere"));

    cluster.endMove(0, 1);
    await()
        .until(
            () -> {
              assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("elsewhere");
              return tells(1);
            });
    cluster.node(1).say("DEL " + key);
    await().until(() -> client.getTreatment("erin", "legacy_banner").equals("control"));
  }

  private boolean tells(int index) {
    return ((String) cluster.node(index).say("CLIENT LIST")).matches("(?s).* flags=[^ ]*B.*");
  }
}
