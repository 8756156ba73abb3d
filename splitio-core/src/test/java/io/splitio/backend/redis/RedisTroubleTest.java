package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.api.SdkStatus;
import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis that is slow, gone, or holds what it should not (reliability 3.6). */
class RedisTroubleTest {
  private static final Key ERIN = Key.of("erin");

  private TestRedis redis;

  @AfterEach
  void stop() {
    redis.close();
  }

  private static Evaluation checkout(SplitClient client) {
    return client.evaluate(ERIN, "checkout_v2", Map.of());
  }

  private static Duration longest(Runnable call) {
    long before = System.nanoTime();
    call.run();
    return Duration.ofNanos(System.nanoTime() - before);
  }

  @Test
  void anInstanceStartsWithoutRedisAndIsReadySoonAfterItIsThere() {
    redis = TestRedis.stopped();
    SplitFactory factory = redis.made(redis.connector(), SplitConfig.defaults());

    assertThat(checkout(factory.client()).label()).isEqualTo("not ready");
    assertThat(factory.status()).isEqualTo(SdkStatus.NOT_READY);

    redis.start();
    redis.golden("");
    await().until(() -> factory.status() == SdkStatus.READY);
    assertThat(checkout(factory.client()).treatment()).isEqualTo("on");
  }

  @Test
  void whenRedisIsGoneOlderCopiesAreServedWithoutWaiting() {
    redis = TestRedis.started().golden("");
    SplitClient client = redis.ready(redis.connector().localCopies(Duration.ZERO)).client();
    Evaluation before = client.evaluate(Key.of("vip_user"), "legacy_banner", Map.of());

    redis.stop();

    assertThat(client.evaluate(Key.of("vip_user"), "legacy_banner", Map.of())).isEqualTo(before);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        longest(() -> client.evaluate(ERIN, "legacy_banner", Map.of())).toMillis())
                    .isLessThan(50));
  }

  @Test
  void whatWasNeverLoadedIsAnExceptionWhileRedisIsGoneAndNotAMissingFlag() {
    redis = TestRedis.started().golden("");
    SplitClient client = redis.ready(redis.connector()).client();

    redis.stop();

    assertThat(checkout(client))
        .extracting(Evaluation::treatment, Evaluation::label, Evaluation::changeNumber)
        .containsExactly("control", "exception", null);
    assertThat(client.async().evaluate(ERIN, "checkout_v2", Map.of()))
        .succeedsWithin(Duration.ofSeconds(5))
        .extracting(Evaluation::label)
        .isEqualTo("exception");
  }

  @Test
  void redisThatComesBackIsUsedAgain() {
    redis = TestRedis.started().golden("");
    SplitClient client = redis.ready(redis.connector()).client();
    redis.stop();
    assertThat(checkout(client).treatment()).isEqualTo("control");

    redis.start();
    redis.golden("");

    await().untilAsserted(() -> assertThat(checkout(client).treatment()).isEqualTo("on"));
  }

  @Test
  void redisThatHangsHoldsACallUpNoLongerThanItsBudget() {
    redis = TestRedis.started().golden("");
    SplitClient client = redis.ready(redis.connector().callBudget(Duration.ofMillis(100))).client();
    redis.say("CLIENT PAUSE 3000");

    for (int i = 0; i < 10; i++) {
      assertThat(longest(() -> checkout(client)).toMillis()).isLessThan(1_000);
    }
    assertThat(client.async().evaluate(ERIN, "checkout_v2", Map.of()))
        .succeedsWithin(Duration.ofSeconds(2));
    await().untilAsserted(() -> assertThat(checkout(client).treatment()).isEqualTo("on"));
  }

  @Test
  void oneFlagThatCannotBeReadSpoilsNoOther() {
    redis = TestRedis.started().golden("");
    redis.say("SET SPLITIO.split.broken {");
    redis.say("SET SPLITIO.split.nothing null");
    redis.say("RPUSH SPLITIO.split.list x");
    SplitClient client = redis.ready(redis.connector()).client();

    assertThat(client.getTreatments("erin", List.of("broken", "nothing", "list", "checkout_v2")))
        .containsEntry("checkout_v2", "on")
        .containsEntry("broken", "control")
        .containsEntry("nothing", "control")
        .containsEntry("list", "control");
    assertThat(client.evaluate(ERIN, "broken", Map.of()).label()).isEqualTo("exception");
    assertThat(client.evaluate(ERIN, "nothing", Map.of()).label()).isEqualTo("exception");
  }

  @Test
  void aFlagThatTurnsBadIsServedAsItLastWas() {
    redis = TestRedis.started().golden("");
    SplitClient client = redis.ready(redis.connector().localCopies(Duration.ZERO)).client();
    Evaluation before = checkout(client);

    redis.say("SET SPLITIO.split.checkout_v2 {");

    assertThat(checkout(client)).isEqualTo(before);
  }

  @Test
  void aSetThatNamesAFlagThatIsGoneServesTheOthers() {
    redis = TestRedis.started().golden("");
    redis.say("SADD SPLITIO.flagSet.frontend gone_flag");
    SplitClient client = redis.ready(redis.connector().callBudget(Duration.ofSeconds(5))).client();

    assertThat(client.getTreatmentsByFlagSet("alice", "frontend"))
        .isEqualTo(Map.of("checkout_v2", "on", "legacy_banner", "off"));
    assertThat(client.async().getTreatmentsByFlagSet("alice", "frontend"))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(Map.of("checkout_v2", "on", "legacy_banner", "off"));
  }

  @Test
  void whatIsNoSegmentHasNoMembers() {
    redis = TestRedis.started().golden("");
    redis.say("DEL SPLITIO.segment.beta_testers");
    redis.say("SET SPLITIO.segment.beta_testers text");
    SplitClient client = redis.ready(redis.connector()).client();

    assertThat(checkout(client).label()).isEqualTo("in segment all");
  }
}
