package io.splitio.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.fake.featbit.FeatBitServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile featbit, seen over HTTP. */
class FeatBitShopTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static RunningShop shop;
  private static FeatBitServer server;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    shop = RunningShop.start(directory, "featbit");
    server = shop.context().getBean(FeatBitServer.class);
    server.awaitConnected(1, SOON);
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
  void flagsAndSegmentsAreThoseOfTheFile() throws Exception {
    assertThat(Customer.as(shop, "chloe").get("/"))
        .contains("Silver prices: 10 %", "class=\"review\"", "free sample")
        .contains("id=\"why-theme\"", "a FeatBit server");
    assertThat(Customer.as(shop, "ana").get("/actuator/health"))
        .contains("\"mode\":\"featbit\"", "\"streaming\":\"UP\"");
  }

  @Test
  void flippedFlagArrivesOverTheWebSocket() throws Exception {
    Customer ana = Customer.as(shop, "ana");
    int attempts = server.attempts().size();

    ana.post("/flip", "flag=free-sample&treatment=off");

    eventually(
        ana,
        page ->
            assertThat(page)
                .doesNotContain("free sample")
                .containsPattern("id=\"flip-free-sample-off\" aria-pressed=\"true\""));
    assertThat(server.attempts()).hasSize(attempts);
  }

  @Test
  void everybodyGetsWhatWasChosen() throws Exception {
    Customer bo = Customer.as(shop, "bo");

    bo.post("/flip", "flag=prices&treatment=gold");

    eventually(
        bo,
        page ->
            assertThat(page)
                .contains("Gold prices: 20 %")
                .containsPattern("id=\"flip-prices-gold\" aria-pressed=\"true\""));
  }

  @Test
  void variationThatTheFlagDoesNotHaveChangesNothing() throws Exception {
    long before = server.version();
    Customer ana = Customer.as(shop, "ana");

    ana.post("/flip", "flag=prices&treatment=none");
    ana.post("/flip", "flag=none&treatment=on");
    ana.post("/flip", "flag=none&treatment=");

    assertThat(server.version()).isEqualTo(before);
  }

  @Test
  void whatWasServedIsToldToFeatBit() throws Exception {
    Customer.as(shop, "ana").get("/");

    assertThat(
            server
                .received()
                .awaitEvent(event -> event.toString().contains("featureFlagKey=free-sample"), SOON))
        .isNotEmpty();
  }

  private static void eventually(Customer customer, ThrowingConsumer<String> check) {
    await().atMost(SOON).untilAsserted(() -> check.accept(customer.get("/")));
  }
}
