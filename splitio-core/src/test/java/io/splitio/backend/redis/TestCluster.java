package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three masters, and a replica of each. The first has the slots of the default hash tag. */
final class TestCluster implements AutoCloseable {
  static final String SLOT = "2392";
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisProcess> nodes = new ArrayList<>();

  TestCluster() {
    for (int i = 0; i < 2 * MASTERS; i++) {
      nodes.add(started());
    }
    for (RedisProcess node : nodes) {
      node.say("CLUSTER MEET 127.0.0.1 " + nodes.get(0).port());
    }
    for (int i = 0; i < MASTERS; i++) {
      assertThat(give(nodes.get(i), i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS))
          .isEqualTo("OK");
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> nodes.stream().allMatch(node -> info(node).contains("cluster_known_nodes:6")));
    for (int i = 0; i < MASTERS; i++) {
      String replicate = "CLUSTER REPLICATE " + id(i);
      RedisProcess replica = nodes.get(MASTERS + i);
      await().untilAsserted(() -> assertThat(replica.say(replicate)).isEqualTo("OK"));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                nodes.stream().allMatch(node -> info(node).contains("cluster_state:ok"))
                    && nodes.subList(MASTERS, 2 * MASTERS).stream().allMatch(TestCluster::linked));
  }

  private static RedisProcess started() {
    return RedisProcess.server(
        RedisProcess.freePort(),
        "--cluster-enabled",
        "yes",
        "--cluster-node-timeout",
        "1000",
        "--cluster-replica-validity-factor",
        "0",
        "--cluster-require-full-coverage",
        "no");
  }

  /** Starts one more master, which has no slot yet; returns its index. */
  int add() {
    RedisProcess added = started();
    nodes.add(added);
    added.say("CLUSTER MEET 127.0.0.1 " + nodes.get(0).port());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                info(added).contains("cluster_state:ok")
                    && nodes.stream()
                        .allMatch(
                            node -> info(node).contains("cluster_known_nodes:" + nodes.size())));
    return nodes.size() - 1;
  }

  /** Takes a node that has no keys any more out of the cluster, and ends it. */
  void remove(int index) {
    String id = id(index);
    nodes.get(index).close();
    for (int i = 0; i < nodes.size(); i++) {
      if (i != index) {
        nodes.get(i).say("CLUSTER FORGET " + id);
      }
    }
  }

  private static Object give(RedisProcess node, int from, int to) {
    List<String> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
    for (int slot = from; slot < to; slot++) {
      words.add("" + slot);
    }
    try (RedisCli cli = node.cli()) {
      return cli.send(words);
    }
  }

  private static String info(RedisProcess node) {
    return (String) node.say("CLUSTER INFO");
  }

  private static boolean linked(RedisProcess node) {
    return ((String) node.say("INFO replication")).contains("master_link_status:up");
  }

  RedisProcess node(int index) {
    return nodes.get(index);
  }

  String id(int index) {
    return (String) nodes.get(index).say("CLUSTER MYID");
  }

  /** Only some nodes are told, in this order. */
  RedisConnector connector(int... told) {
    List<String> addresses = new ArrayList<>();
    for (int index : told) {
      addresses.add(nodes.get(index).node());
    }
    return RedisConnector.cluster(addresses);
  }

  /** Begins to move the slot of all keys; those that are there stay. */
  void beginMove(int from, int to) {
    assertThat(nodes.get(to).say("CLUSTER SETSLOT " + SLOT + " IMPORTING " + id(from)))
        .isEqualTo("OK");
    assertThat(nodes.get(from).say("CLUSTER SETSLOT " + SLOT + " MIGRATING " + id(to)))
        .isEqualTo("OK");
  }

  /** Moves one key of the slot. */
  void move(int from, int to, String key) {
    assertThat(
            nodes
                .get(from)
                .say("MIGRATE 127.0.0.1 " + nodes.get(to).port() + " " + key + " 0 5000"))
        .isEqualTo("OK");
  }

  /** Moves the slot with all its keys, one after the other. */
  void moveAll(int from, int to) {
    beginMove(from, to);
    endMove(from, to);
  }

  /** Moves what is left of the slot, and says so. */
  void endMove(int from, int to) {
    try (RedisCli cli = nodes.get(from).cli()) {
      cli.list("CLUSTER GETKEYSINSLOT " + SLOT + " 1000")
          .forEach(key -> move(from, to, (String) key));
    }
    String id = id(to);
    assertThat(nodes.get(to).say("CLUSTER SETSLOT " + SLOT + " NODE " + id)).isEqualTo("OK");
    assertThat(nodes.get(from).say("CLUSTER SETSLOT " + SLOT + " NODE " + id)).isEqualTo("OK");
    for (int i = 0; i < MASTERS; i++) {
      assertThat(nodes.get(i).say("CLUSTER SETSLOT " + SLOT + " NODE " + id)).isEqualTo("OK");
    }
  }

  /** Takes the slot of all keys from its owner, and gives it to nobody. */
  void disown(int owner) {
    nodes.forEach(node -> node.say("CLUSTER DELSLOTS " + SLOT));
    await().until(() -> answerOf(owner).startsWith("-CLUSTERDOWN"));
  }

  private String answerOf(int index) {
    return String.valueOf(nodes.get(index).say("GET {SPLITIO}x"));
  }

  /** Gives it back. */
  void own(int owner) {
    assertThat(nodes.get(owner).say("CLUSTER ADDSLOTS " + SLOT)).isEqualTo("OK");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> info(nodes.get(owner)).contains("cluster_state:ok"));
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
