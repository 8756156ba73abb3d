package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node of a cluster that believes to own the keys, but has given them away. */
class MisledTest {
  private static final String KEYS = "{SPLITIO}.";

  private final TestSdks sdks = new TestSdks();
  private TestRedis owner;
  private ToyRedis node;

  @BeforeEach
  void start() {
    owner = TestRedis.started().golden(KEYS);
  }

  @AfterEach
  void stop() {
    sdks.close();
    node.close();
    owner.close();
  }

  private RedisConnector misledBy(Function<List<String>, String> script) {
    node = new ToyRedis(script);
    return RedisConnector.cluster(List.of(node.node()))
        .callBudget(Duration.ofSeconds(5))
        .localCopies(Duration.ofMinutes(5));
  }

  private String moved() {
    return "-MOVED 2392 127.0.0.1:" + owner.port() + "\r\n";
  }

  @Test
  void theOwnerIsAskedAlsoWhereNothingLostIsAskedAgain() {
    SplitClient client =
        sdks.ready(
                misledBy(
                        command ->
                            !command.get(0).equals("MGET")
                                ? null
                                : command.get(1).endsWith(".till") ? "*1\r\n$-1\r\n" : moved())
                    .withoutPush())
            .client();

    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("off");
  }

  @Test
  void theNodeThatHasTheKeysIsTheOneThatTellsOfChanges() {
    SplitClient client =
        sdks.ready(misledBy(command -> command.get(0).equals("MGET") ? moved() : null)).client();
    await().until(() -> client.getTreatment("erin", "legacy_banner").equals("off"));

    await()
        .untilAsserted(
            () -> assertThat((String) owner.say("CLIENT LIST")).containsPattern(" flags=[^ ]*B"));
    try (RedisCli cli = owner.cli()) {
      String key = KEYS + "SPLITIO.split.legacy_banner";
      String stored = (String) cli.say("GET " + key);
      cli.send(List.of("SET", key, stored.replace("\"off\"", "\"elsewhere\"")));
    }
    await().until(() -> client.getTreatment("erin", "legacy_banner").equals("elsewhere"));
  }

  @Test
  void whatIsRecordedGoesToTheOwnerAlsoWhenThereIsNoNextTime() {
    SplitFactory factory =
        sdks.ready(
            misledBy(command -> command.get(0).equals("RPUSH") ? moved() : null).withoutPush());
    await().until(() -> node.commands().stream().anyMatch(said -> said.startsWith("HSET")));

    factory.client().track("erin", "user", "bought");
    factory.destroy();

    assertThat(owner.say("LLEN " + KEYS + "SPLITIO.events")).isEqualTo(1L);
    assertThat(factory.health().events().delivered()).isEqualTo(1);
  }
}
