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

/** What each flag of the sample does, seen over HTTP. */
class ShopTest {
  private static RunningShop shop;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    shop = RunningShop.start(directory);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @AfterEach
  void restore() throws Exception {
    shop.flags().restore();
    eventually("ana", "/", page -> assertThat(page).contains("Gold prices: 20 %", "free sample"));
    eventually("bo", "/", page -> assertThat(page).contains("Something warm"));
  }

  @Test
  void planDecidesThePrices() throws Exception {
    assertThat(Customer.as(shop, "ana").get("/"))
        .contains("Gold prices: 20 % off everything", "€6.72", "<del>€8.40</del>");
    assertThat(Customer.as(shop, "chloe").get("/")).contains("Silver prices: 10 %", "€7.56");
    assertThat(Customer.as(shop, "bo").get("/"))
        .contains("Regular prices", "€8.40")
        .doesNotContain("<del>");
  }

  @Test
  void onlyBetaTestersSeeReviews() throws Exception {
    assertThat(Customer.as(shop, "chloe").get("/")).contains("class=\"review\"");
    assertThat(Customer.as(shop, "ana").get("/")).doesNotContain("class=\"review\"");
  }
}
