package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Key;
import io.splitio.api.SdkHealth;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that answers, and refuses what is asked (Redis specification 10.2). */
class RefusedReadsTest {
  private final TestSdks sdks = new TestSdks();
  private TestRedis redis;
  private SplitFactory factory;

  @BeforeEach
  void start() {
    redis = TestRedis.started().golden("");
    redis.say("ACL SETUSER app on >secret +@all ~*");
    factory =
        sdks.ready(
            redis.connector().login("app", "secret").withoutPush().localCopies(Duration.ZERO));
  }

  @AfterEach
  void stop() {
    sdks.close();
    redis.close();
  }

  private String asked(String flag) {
    return factory.client().evaluate(Key.of("erin"), flag, Map.of()).label();
  }

  private String askedFor(String key) {
    return factory.client().evaluate(Key.of(key), "checkout_v2", Map.of()).label();
  }

  @Test
  void isToldByTheHealthUntilItAnswersAgain() {
    redis.say("ACL SETUSER app resetkeys ~SPLITIO.splits.till ~SPLITIO.impressions*");
    for (int i = 0; i < 3; i++) {
      assertThat(asked("checkout_v2")).isEqualTo("exception");
    }

    SdkHealth health = factory.health();
    assertThat(health.problem()).contains("NOPERM").contains("127.0.0.1");
    assertThat(health.fatal()).isFalse();

    redis.say("ACL SETUSER app ~*");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                asked("checkout_v2").equals("in segment all")
                    && factory.health().problem() == null);
  }

  @Test
  void isToldAlsoWhenOtherThingsAreAnswered() {
    redis.say("ACL SETUSER app resetkeys ~SPLITIO.split* ~SPLITIO.impressions*");
    for (int i = 0; i < 3; i++) {
      assertThat(asked("checkout_v2")).isEqualTo("exception");
      assertThat(asked("legacy_banner")).isEqualTo("killed");
    }

    assertThat(factory.health().problem()).contains("NOPERM");
  }

  @Test
  void ofDefinitionsAloneLeavesWhatIsKnownAndGuessesOfNobody() {
    assertThat(asked("checkout_v2")).isEqualTo("in segment all");
    redis.say("ACL SETUSER app -mget");

    for (int i = 0; i < 3; i++) {
      assertThat(asked("checkout_v2")).isEqualTo("in segment all");
      assertThat(askedFor("alice")).isEqualTo("in segment beta_testers");
      assertThat(askedFor("ivan")).isEqualTo("in segment all");
    }
    assertThat(factory.health().problem()).contains("NOPERM", "'mget'", "docs/redis.md");

    redis.say("ACL SETUSER app -ttl"); // nor is it told whether Redis was emptied
    assertThat(askedFor("judy")).isEqualTo("exception");
    assertThat(askedFor("alice")).isEqualTo("in segment beta_testers");
  }

  @Test
  void isToldByTheManagerWithWhatToDo() {
    redis.say("ACL SETUSER app -scan");
    try (LogCapture log = LogCapture.warnings()) {
      assertThat(factory.manager().splitNames()).isEmpty();
      assertThat(log.lines())
          .singleElement(as(STRING))
          .contains("did not list the flags: NOPERM", "'scan'", "docs/redis.md");
    }
  }

  @Test
  void isNotToldForOneKeyThatHoldsSomethingElse() {
    redis.say("SET SPLITIO.flagSet.bad text");
    for (int i = 0; i < 3; i++) {
      assertThat(factory.client().getTreatmentsByFlagSet("erin", "bad")).isEmpty();
    }

    assertThat(factory.health().problem()).isNull();
  }

  @Test
  void whoMayNotReadTheVersionIsToldTheRuleThatIsMissingAndWhoIsInNoSegment() {
    TestRedis.askOfEverybody(redis.port());
    SplitFactory held =
        sdks.ready(
            redis
                .connector()
                .login("app", "secret")
                .callBudget(Duration.ofSeconds(5))
                .withoutPush()
                .localCopies(Duration.ofMinutes(5)));
    assertThat(held.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
    redis.say("ACL SETUSER app -mget");

    try (LogCapture log = LogCapture.warnings()) {
      for (int i = 0; i < 3; i++) {
        assertThat(held.client().evaluate(Key.of("erin"), "checkout_v2", Map.of()).label())
            .isEqualTo("in segment all");
      }
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("NOPERM", "Its user lacks +mget: docs/redis.md");
    }
    assertThat(held.client().evaluate(Key.of("erin"), "legacy_banner", Map.of()).label())
        .isEqualTo("exception");

    redis.say("FLUSHALL");
    assertThat(held.client().evaluate(Key.of("bob"), "checkout_v2", Map.of()).label())
        .isEqualTo("exception");
    assertThat(held.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
  }

  @Test
  void ofDefinitionsIsNamedByTheHealthAlsoWhileCopiesAnswer() {
    SplitFactory held =
        sdks.ready(
            redis
                .connector()
                .login("app", "secret")
                .withoutPush()
                .localCopies(Duration.ofMinutes(5)));
    assertThat(held.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
    redis.say("ACL SETUSER app -mget");

    for (int i = 0; i < 3; i++) {
      assertThat(held.client().getTreatment("new" + i, "checkout_v2")).isNotEqualTo("control");
    }

    assertThat(held.health().problem()).contains("NOPERM", "+mget");
  }

  @Test
  void anEmptyingIsNotTakenForOneOfBeforeThatIsOver() {
    Duration grace = Duration.ofSeconds(2);
    SplitFactory held =
        sdks.ready(
            redis
                .connector()
                .login("app", "secret")
                .callBudget(Duration.ofSeconds(5))
                .withoutPush()
                .localCopies(Duration.ZERO)
                .wipeGrace(grace));
    assertThat(labelOf(held, "alice")).isEqualTo("in segment beta_testers");
    redis.say("ACL SETUSER app -mget");
    redis.say("FLUSHALL");
    assertThat(labelOf(held, "alice")).isEqualTo("in segment beta_testers");
    long emptied = System.nanoTime();
    redis.golden("");
    assertThat(labelOf(held, "alice")).isEqualTo("in segment beta_testers");
    await().until(() -> System.nanoTime() - emptied > grace.toNanos());

    redis.say("FLUSHALL");

    assertThat(labelOf(held, "alice")).isEqualTo("in segment beta_testers");
  }

  private static String labelOf(SplitFactory factory, String key) {
    return factory.client().evaluate(Key.of(key), "checkout_v2", Map.of()).label();
  }
}
