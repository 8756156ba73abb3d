package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of a cluster that do not know what they are called, or say what nobody understands. */
class UnknownEndpointTest {
  private final ToyRedis first = new ToyRedis();
  private final ToyRedis other = new ToyRedis();
  private SplitFactory factory;

  @BeforeEach
  void start() throws Exception {
    factory =
        SplitFactory.create(
            RedisConnector.cluster(List.of(first.node())).withoutPush().localCopies(Duration.ZERO),
            SplitConfig.defaults().withoutShutdownHook());
    factory.blockUntilReady(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    factory.close();
    first.close();
    other.close();
  }

  private String asked() {
    return factory.client().evaluate(Key.of("k"), "none", Map.of()).label();
  }

  private void awaitAnswer() {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(asked()).isEqualTo("definition not found"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MOVED 3999 :", "MOVED 3999 ?:", "ASK 3999 :", "ASK 3999 ?:"})
  void aNodeWithoutANameIsTheOneThatWasAskedAtAnotherPort(String error) {
    first.refuse(error + other.port());

    awaitAnswer();

    assertThat(other.commands()).anyMatch(command -> command.contains("split.none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MOVED 3999 1234", "MOVED 3999 :", "MOVED"})
  void aPlaceThatCannotBeReadIsLookedForAnew(String error) {
    first.refuse(error);
    await().until(() -> asked().equals("exception") && first.accepted() > 4);

    first.refuse(null);

    awaitAnswer();
  }

  @Test
  void aDetourThatCannotBeReadIsNotMade() {
    first.refuse("ASK 3999 nowhere");
    assertThat(asked()).isEqualTo("exception");

    first.refuse(null);

    awaitAnswer();
  }
}
