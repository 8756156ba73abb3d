package io.splitio.backend.redis;

import static io.splitio.backend.redis.TestSdks.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster that changes while flags are asked for: no answer is wrong, nothing is lost. */
class ClusterChangesTest {
  private static final String KEYS = "{SPLITIO}acme.";
  private static final String IMPRESSIONS = "LLEN " + KEYS + "SPLITIO.impressions";

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

  /** A budget that only a lost node exceeds, on however slow a machine. */
  private SplitFactory ready(int... told) {
    return sdks.ready(
        cluster
            .connector(told)
            .prefix("acme")
            .localCopies(Duration.ZERO)
            .callBudget(Duration.ofSeconds(3)));
  }

  private static void awaitAllDelivered(SplitFactory factory) {
    awaitDelivered(factory, factory.health().impressions().accepted(), 0);
  }

  @Test
  void theSlotMovesToAnotherNode() {
    SplitFactory factory = ready(0, 1, 2);
    try (Asking asking = new Asking(factory.client()).goOn()) {
      cluster.moveAll(0, 1);
      asking.goOn();
      cluster.moveAll(1, 2);
      asking.goOn();

      assertThat(asking.answers()).containsExactly("high");
    }
    awaitAllDelivered(factory);
    assertThat(cluster.node(2).say(IMPRESSIONS))
        .isEqualTo(factory.health().impressions().delivered());
  }

  @Test
  void aNodeJoinsAndTakesTheSlotOver() {
    SplitFactory factory = ready(0);
    try (Asking asking = new Asking(factory.client()).goOn()) {
      int added = cluster.add();
      asking.goOn();
      cluster.moveAll(0, added);
      asking.goOn();

      assertThat(asking.answers()).containsExactly("high");
      awaitAllDeliveredTo(added, factory);
    }
  }

  private void awaitAllDeliveredTo(int index, SplitFactory factory) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> cluster.node(index).say(IMPRESSIONS) instanceof Long number && number > 0);
    assertThat(factory.health().impressions().balances()).isTrue();
  }

  @Test
  void aNodeLeavesThatWasTheOnlyOneTold() {
    SplitFactory factory = ready(0);
    try (Asking asking = new Asking(factory.client()).goOn()) {
      cluster.moveAll(0, 1);
      asking.goOn();
      cluster.remove(0);
      cluster.node(1).say("CLIENT KILL TYPE normal"); // whoever is connected has to find it again
      asking.goOn();

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> factory.client().getTreatment("vip_user", "checkout_v2").equals("on"));
      assertThat(asking.answers()).isSubsetOf("high", "control").contains("high");
    }
    awaitAllDelivered(factory);
  }

  @Test
  void theOwnerIsLostAndItsReplicaAnswersForIt() {
    SplitFactory factory = ready(0, 1, 2);
    try (Asking asking = new Asking(factory.client()).goOn()) {
      awaitReplicated();
      cluster.node(0).close();

      await()
          .atMost(Duration.ofSeconds(40))
          .until(
              () ->
                  factory.client().getTreatment("vip_user", "checkout_v2").equals("on")
                      && cluster.node(3).say("ROLE").toString().startsWith("[master"));
      assertThat(asking.answers()).isSubsetOf("high", "control").contains("high");
      assertThat(asking.longest()).isLessThan(Duration.ofSeconds(6)); // twice the budget
    }
    awaitAllDelivered(factory);
  }

  private void awaitReplicated() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> cluster.node(3).say("INFO replication").toString().contains("link_status:up"));
  }
}
