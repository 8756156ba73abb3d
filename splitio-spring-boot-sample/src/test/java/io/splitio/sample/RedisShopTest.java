package io.splitio.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;

/** The profile redis, seen over HTTP and in Redis. */
class RedisShopTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static RunningShop shop;
  private static StringRedisTemplate redis;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    shop = RunningShop.start(directory, "redis");
    redis = shop.context().getBean(StringRedisTemplate.class);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @AfterEach
  void restore() throws Exception {
    Customer ana = Customer.as(shop, "ana");
    for (String flag : new String[] {"free-sample", "prices"}) {
      ana.post("/flip", "flag=" + flag + "&treatment=");
    }
    eventually(ana, page -> assertThat(page).contains("Gold prices: 20 %", "free sample"));
    eventually(Customer.as(shop, "bo"), page -> assertThat(page).contains("Regular prices"));
  }

  @Test
  void flagsAndSegmentsAreThoseOfTheFiles() throws Exception {
    assertThat(Customer.as(shop, "chloe").get("/"))
        .contains("Silver prices: 10 %", "class=\"review\"", "free sample")
        .contains("id=\"why-theme\"", "in segment beta-testers", "a Redis");
    assertThat(Customer.as(shop, "ana").get("/actuator/health"))
        .contains("\"mode\":\"redis\"", "\"status\":\"UP\"");
  }

  @Test
  void flagsOfTheCommandsAreThereToo() throws Exception {
    Customer anybody = Customer.as(shop, "ana");

    assertThat(anybody.get("/actuator/splitio/price_test?key=alice&attr=country=DE&attr=age=30"))
        .contains("\"treatment\":\"high\"", "in rule based segment eu_adults");
    assertThat(anybody.get("/actuator/splitio/price_test?key=ivan&attr=country=DE&attr=age=30"))
        .contains("\"treatment\":\"none\"", "prerequisites not met");
    assertThat(anybody.get("/"))
        .contains("id=\"why-price_test\"")
        .doesNotContain("flip-price_test");
  }

  @Test
  void flippedFlagIsServedFromThenOn() throws Exception {
    Customer ana = Customer.as(shop, "ana");

    ana.post("/flip", "flag=free-sample&treatment=off");

    eventually(
        ana,
        page ->
            assertThat(page)
                .doesNotContain("free sample")
                .containsPattern("id=\"flip-free-sample-off\" aria-pressed=\"true\""));
    assertThat(redis.opsForValue().get("SPLITIO.split.free-sample"))
        .contains("\"killed\":true", "\"defaultTreatment\":\"off\"");
  }

  @Test
  void everybodyGetsWhatWasChosen() throws Exception {
    Customer bo = Customer.as(shop, "bo");

    bo.post("/flip", "flag=prices&treatment=gold");

    eventually(bo, page -> assertThat(page).contains("Gold prices: 20 %"));
  }

  @Test
  void openPagesHearOfWhatSomebodyElseChangesInRedis() throws Exception {
    Customer ana = Customer.as(shop, "ana");
    String stored = redis.opsForValue().get("SPLITIO.split.free-sample");
    String before = revision(ana.get("/"));

    redis
        .opsForValue()
        .set("SPLITIO.split.free-sample", stored.replace("\"killed\":false", "\"killed\":true"));

    eventually(ana, page -> assertThat(revision(page)).isNotEqualTo(before));
    eventually(ana, page -> assertThat(page).doesNotContain("free sample"));
  }

  @Test
  void treatmentThatTheFlagDoesNotHaveChangesNothing() throws Exception {
    String before = redis.opsForValue().get("SPLITIO.splits.till");
    Customer ana = Customer.as(shop, "ana");

    ana.post("/flip", "flag=prices&treatment=none");
    ana.post("/flip", "flag=none&treatment=on");
    ana.post("/flip", "flag=none&treatment=");

    assertThat(redis.opsForValue().get("SPLITIO.splits.till")).isEqualTo(before);
  }

  @Test
  void whatWasServedIsWrittenBackForTheSynchronizer() throws Exception {
    Customer.as(shop, "ana").get("/");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(redis.opsForList().range("SPLITIO.impressions", 0, -1))
                    .anyMatch(impression -> impression.contains("\"f\":\"free-sample\"")));
  }

  @Test
  void withoutTheProfileThereIsNoRedis(@TempDir Path other) throws Exception {
    try (RunningShop plain = RunningShop.start(other)) {
      assertThat(plain.context().getBeanNamesForType(RedisServer.class)).isEmpty();
      assertThat(Customer.as(plain, "ana").get("/actuator/health"))
          .contains("\"mode\":\"localhost\"")
          .doesNotContain("\"redis\":", "\"DOWN\"");
    }
  }

  private static String revision(String page) {
    return page.replaceAll("(?s).*data-revision=\"(\\d+)\".*", "$1");
  }

  private static void eventually(Customer customer, ThrowingConsumer<String> check) {
    await().atMost(SOON).untilAsserted(() -> check.accept(customer.get("/")));
  }
}
