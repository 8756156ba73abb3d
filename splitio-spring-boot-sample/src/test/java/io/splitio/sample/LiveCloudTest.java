package io.splitio.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile live, seen over HTTP. */
class LiveCloudTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static RunningShop shop;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    shop = RunningShop.start(directory, "live");
    SplitFactory factory = shop.context().getBean(SplitFactory.class);
    await().atMost(SOON).until(() -> factory.health().streaming() == SdkHealth.Streaming.UP);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @AfterEach
  void restore() throws Exception {
    Customer ana = Customer.as(shop, "ana");
    for (String flag : new String[] {"free-sample", "prices", "new-checkout"}) {
      ana.post("/flip", "flag=" + flag + "&treatment=");
    }
    eventually(ana, "/", page -> assertThat(page).contains("Gold prices: 20 %", "free sample"));
    eventually(Customer.as(shop, "bo"), "/", page -> assertThat(page).contains("Regular prices"));
  }

  @Test
  void flagsAndSegmentsAreThoseOfTheFiles() throws Exception {
    assertThat(Customer.as(shop, "chloe").get("/"))
        .contains("Silver prices: 10 %", "class=\"review\"", "free sample")
        .contains("id=\"why-theme\"", "in segment beta-testers");
    assertThat(Customer.as(shop, "ana").get("/actuator/health")).contains("\"mode\":\"cloud\"");
  }

  @Test
  void flippedFlagArrivesOverTheStream() throws Exception {
    Customer ana = Customer.as(shop, "ana");
    int tokens = shop.context().getBean(SplitCloud.class).requests().of(Endpoint.AUTH).size();

    ana.post("/flip", "flag=free-sample&treatment=off");

    eventually(
        ana,
        "/",
        page ->
            assertThat(page)
                .doesNotContain("free sample")
                .containsPattern("id=\"flip-free-sample-off\" aria-pressed=\"true\""));
    SplitCloud cloud = shop.context().getBean(SplitCloud.class);
    assertThat(cloud.streaming().sent("SPLIT_KILL")).isPositive();
    assertThat(cloud.requests().of(Endpoint.AUTH)).hasSize(tokens);
  }

  @Test
  void everybodyGetsWhatWasChosen() throws Exception {
    Customer bo = Customer.as(shop, "bo");

    bo.post("/flip", "flag=prices&treatment=gold");

    eventually(bo, "/", page -> assertThat(page).contains("Gold prices: 20 %"));
  }

  @Test
  void treatmentThatTheFlagDoesNotHaveChangesNothing() throws Exception {
    SplitCloud cloud = shop.context().getBean(SplitCloud.class);
    long before = cloud.flags().changeNumber();
    Customer ana = Customer.as(shop, "ana");

    ana.post("/flip", "flag=prices&treatment=none");
    ana.post("/flip", "flag=none&treatment=on");
    ana.post("/flip", "flag=none&treatment=");

    assertThat(cloud.flags().changeNumber()).isEqualTo(before);
  }

  @Test
  void flippingNeverLeadsOutOfTheShop() throws Exception {
    assertThat(Customer.as(shop, "ana").post("/flip", "flag=none&from=//example.org/"))
        .contains("Kettle &amp; Leaf");
  }

  @Test
  void withoutTheProfileThereIsNothingToFlip(@TempDir Path other) throws Exception {
    try (RunningShop plain = RunningShop.start(other)) {
      Customer ana = Customer.as(plain, "ana");

      assertThat(ana.get("/")).contains("id=\"why-prices\"").doesNotContain("/flip");
      assertThat(ana.post("/flip", "flag=free-sample&treatment=off")).contains("404");
      assertThat(plain.context().getBeanNamesForType(SplitCloud.class)).isEmpty();
    }
  }

  private static void eventually(Customer customer, String path, ThrowingConsumer<String> check) {
    await().atMost(SOON).untilAsserted(() -> check.accept(customer.get(path)));
  }
}
