package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of a Redis that tells of no changes, counted by Redis, and what is not. */
class LocalCopiesTest {
  private static final Map<String, Object> ADULT = Map.of("country", "DE", "age", 30);
  private static final Pattern CALLS = Pattern.compile("cmdstat_(\\w+):calls=(\\d+)");

  private TestRedis redis;
  private RedisCli cli;

  @BeforeEach
  void start() {
    redis = TestRedis.started().golden("");
    cli = redis.cli();
  }

  @AfterEach
  void stop() {
    cli.close();
    redis.close();
  }

  private SplitClient client(Duration fresh) {
    SplitClient client = redis.ready(redis.connector().localCopies(fresh).withoutPush()).client();
    cli.say("CONFIG RESETSTAT");
    return client;
  }

  /** How often Redis was asked something since the last time. */
  private String asked() {
    List<String> calls = new ArrayList<>();
    Matcher stat = CALLS.matcher((String) cli.say("INFO commandstats"));
    while (stat.find()) {
      if (List.of("get", "mget", "sismember", "smembers", "keys").contains(stat.group(1))) {
        calls.add(stat.group(1) + "=" + stat.group(2));
      }
    }
    cli.say("CONFIG RESETSTAT");
    calls.sort(null);
    return String.join(" ", calls);
  }

  @Test
  void whyADefinitionIsOfNoUseIsExplained() {
    cli.send(List.of("SET", "SPLITIO.split.broken", "{\"name\":"));
    SplitClient client = client(Duration.ofMinutes(1));

    assertThat(client.explain(Key.of("erin"), "broken", Map.of()).toString())
        .contains(
            "what decides could not be had: Redis did not tell flag broken: what is stored cannot"
                + " be read: ");
    assertThat(client.evaluate(Key.of("erin"), "broken", Map.of()).label()).isEqualTo("exception");
  }

  @Test
  void copiesMayBeKeptForEver() {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
    SplitClient client =
        redis
            .ready(
                redis
                    .connector()
                    .localCopies(forEver)
                    .staleOnErrorMax(forEver)
                    .wipeGrace(forEver)
                    .withoutPush())
            .client();
    client.getTreatment("erin", "legacy_banner");
    asked();

    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("off");
    assertThat(asked()).isEmpty();
  }

  @Test
  void whoIsInterruptedIsAnsweredAllTheSameAndStaysInterrupted() {
    SplitClient client = client(Duration.ofMinutes(1));

    Thread.currentThread().interrupt();
    String treatment = client.getTreatment("erin", "legacy_banner");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(treatment).isEqualTo("off");
  }

  @Test
  void whatWasInASetIsAskedForAlongWithTheSet() {
    SplitClient client = client(Duration.ZERO);
    String set = "SPLITIO.flagSet.twins";
    cli.send(List.of("SADD", set, "legacy_banner"));
    client.getTreatmentsByFlagSet("erin", "twins");
    asked();

    assertThat(client.getTreatmentsByFlagSet("erin", "twins")).containsKey("legacy_banner");

    assertThat(asked()).isEqualTo("mget=1 smembers=1");
  }

  @Test
  void aColdFlagWithAPrerequisiteIsAskedLevelByLevel() {
    SplitClient client = client(Duration.ofMinutes(1));

    client.getTreatment("erin", "price_test", ADULT);

    assertThat(asked()).isEqualTo("mget=3 sismember=2");
  }

  @Test
  void freshCopiesAreNotAskedAboutButMembershipsAre() {
    SplitClient client = client(Duration.ofMinutes(1));
    client.getTreatment("erin", "price_test", ADULT);
    client.getTreatment("erin", "legacy_banner");
    asked();

    client.getTreatment("erin", "price_test", ADULT);
    assertThat(asked()).isEqualTo("sismember=2");
    client.getTreatment("erin", "legacy_banner");
    assertThat(asked()).isEmpty();
  }

  @Test
  void whatIsNoLongerFreshIsAskedAboutWithAllItNeedsAtOnce() {
    SplitClient client = client(Duration.ZERO);
    client.getTreatment("erin", "price_test", ADULT);
    asked();

    client.getTreatment("erin", "price_test", ADULT);

    assertThat(asked()).isEqualTo("mget=1 sismember=2");
  }

  @Test
  void whatIsGoneIsSeenToBeGoneWithoutAskingAgain() {
    SplitClient client = client(Duration.ZERO);
    client.getTreatment("alice", "checkout_v2");
    client.getTreatmentsByFlagSet("erin", "frontend");
    cli.say("SREM SPLITIO.segment.beta_testers alice");
    cli.say("DEL SPLITIO.split.legacy_banner SPLITIO.flagSet.frontend");
    asked();

    assertThat(client.getTreatment("alice", "checkout_v2")).isEqualTo("off");
    assertThat(asked()).isEqualTo("mget=1 sismember=1");
    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("control");
    assertThat(asked()).isEqualTo("mget=1");
    assertThat(client.getTreatmentsByFlagSet("erin", "frontend")).isEmpty();
    assertThat(asked()).isEqualTo("mget=1 sismember=1 smembers=1");
  }

  @Test
  void freshCopiesAreNotAskedAboutWhileRedisIsEmpty() {
    SplitClient client = client(Duration.ofMinutes(1));
    client.getTreatment("erin", "legacy_banner");
    client.getTreatment("alice", "checkout_v2");
    cli.say("FLUSHALL");
    assertThat(client.getTreatment("alice", "checkout_v2")).isEqualTo("on");
    asked();

    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("off");
    assertThat(asked()).isEmpty();
  }

  @Test
  void aChangeIsSeenOnceTheCopyIsNoLongerFresh() {
    SplitClient client = client(Duration.ZERO);
    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("off");

    String stored = (String) cli.say("GET SPLITIO.split.legacy_banner");
    cli.send(
        List.of("SET", "SPLITIO.split.legacy_banner", stored.replace("\"off\"", "\"elsewhere\"")));

    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("elsewhere");
  }

  @Test
  void manyThatAskForOneColdFlagAskRedisOnce() {
    SplitClient client = client(Duration.ofMinutes(1));
    cli.say("CLIENT PAUSE 100");
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      all.add(client.async().getTreatment("user" + i, "legacy_banner"));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();

    assertThat(asked()).isEqualTo("mget=1");
  }

  @Test
  void aFlagThatIsMissingIsRememberedAsMissing() {
    SplitClient client = client(Duration.ofMinutes(1));
    client.evaluate(Key.of("erin"), "missing_flag", Map.of());
    asked();

    assertThat(client.evaluate(Key.of("erin"), "missing_flag", Map.of()).label())
        .isEqualTo("definition not found");
    assertThat(asked()).isEmpty();
  }
}
