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

  @Test
  void ageDecidesWhichBeanSearches() throws Exception {
    assertThat(Customer.as(shop, "ana").search("sencah"))
        .contains("1 found by smart search", "Jade Sencha");
    assertThat(Customer.as(shop, "bo").search("sencah"))
        .contains("0 found by exact search in names")
        .doesNotContain("Jade Sencha</h2>");
    assertThat(Customer.as(shop, "bo").search("sencha")).contains("Jade Sencha</h2>");
  }

  @Test
  void percentageDecidesTheCheckout() throws Exception {
    Customer ana = Customer.as(shop, "ana");
    assertThat(ana.post("/basket", "tea=sencha&from=/basket"))
        .contains("Express checkout", "id=\"total\">€8.96<");
    Customer bo = Customer.as(shop, "bo");
    assertThat(bo.post("/basket", "tea=sencha&from=/basket"))
        .contains("3 to 5 days", "id=\"total\">€16.10<")
        .doesNotContain("Express checkout");
  }

  @Test
  void countryDecidesTheLook() throws Exception {
    assertThat(Customer.as(shop, "emil").get("/theme.css")).contains("--accent: #1f5a8a");
    assertThat(Customer.as(shop, "emil").get("/")).contains("Something warm for long evenings");
    assertThat(Customer.as(shop, "ana").get("/theme.css")).contains("--accent: #2f6b4f");
  }

  @Test
  void whatWasOrderedIsOnTheReceipt() throws Exception {
    Customer bo = Customer.as(shop, "bo");
    bo.post("/basket", "tea=chai");
    bo.post("/basket", "tea=chai");
    assertThat(bo.post("/orders", "seen=2270")).contains("2 × Masala Chai", "id=\"paid\">€22.70<");
    assertThat(bo.get("/basket")).contains("It is empty");
  }

  @Test
  void nothingIsOrderedWhenTheTotalIsNotTheOneThatWasSeen() throws Exception {
    Customer bo = Customer.as(shop, "bo");
    bo.post("/basket", "tea=chai");
    assertThat(bo.post("/orders", "seen=1")).contains("The total has changed", "Masala Chai");
    assertThat(bo.get("/receipt")).doesNotContain("id=\"paid\"");
  }

  @Test
  void killedFlagTakesThePresentAway() throws Exception {
    shop.flags().kill("free-sample");
    eventually("ana", "/", page -> assertThat(page).doesNotContain("free sample"));
  }

  @Test
  void killedFlagSendsEverybodyToTheFallbackMethod() throws Exception {
    Customer ana = Customer.as(shop, "ana");
    ana.post("/basket", "tea=sencha");
    shop.flags().kill("new-checkout");
    eventually(ana, "/basket", page -> assertThat(page).contains("3 to 5 days", "€13.86"));
  }

  @Test
  void higherPercentageLetsMoreShoppersIn() throws Exception {
    Customer dev = Customer.as(shop, "dev");
    assertThat(dev.post("/basket", "tea=mint&from=/basket")).contains("3 to 5 days");
    shop.flags()
        .edit(
            "new-checkout",
            "{\"treatment\": \"on\", \"size\": 50}, {\"treatment\": \"off\", \"size\": 50}",
            "{\"treatment\": \"on\", \"size\": 70}, {\"treatment\": \"off\", \"size\": 30}");
    eventually(dev, "/basket", page -> assertThat(page).contains("Express checkout"));
  }

  @Test
  void newConfigChangesTheLook() throws Exception {
    shop.flags().edit("theme", "#2f6b4f", "#7a2e5d");
    eventually("ana", "/theme.css", css -> assertThat(css).contains("--accent: #7a2e5d"));
  }

  @Test
  void configThatIsNotUsableLeavesThePlainLook() throws Exception {
    shop.flags().edit("theme", "#2f6b4f", "red;} body{display:none");
    eventually("ana", "/theme.css", css -> assertThat(css).contains("--accent: #35524a"));
  }

  @Test
  void whyPanelExplainsEveryFlag() throws Exception {
    assertThat(Customer.as(shop, "bo").get("/"))
        .contains("Why does <span>Bo</span> see this?")
        .contains("id=\"why-free-sample\"", "id=\"why-new-checkout\"", "id=\"why-prices\"")
        .contains("id=\"why-reviews\"", "id=\"why-search\"", "id=\"why-theme\"")
        .contains("bucket 79", "saw basic", "saw 52", "shoppers in Norway");
  }

  @Test
  void operatorsSeeHealthAndFlags() throws Exception {
    Customer operator = Customer.as(shop, "ana");
    assertThat(operator.get("/actuator/health")).contains("\"splitio\"", "\"status\":\"UP\"");
    assertThat(operator.get("/actuator/splitio")).contains("\"localhost\"");
  }

  @Test
  void pagesLoadNothingFromElsewhereAndCarryNoInlineCode() throws Exception {
    var page = Customer.as(shop, "ana").answer("/");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
    assertThat(page.body())
        .doesNotContain("style=\"", "onclick=", "<style", "src=\"http", "href=\"http")
        .doesNotContainPattern("<script[^>]*>[^<]");
  }

  @Test
  void switchingShoppersNeverLeadsOutOfTheShop() throws Exception {
    Customer ana = Customer.as(shop, "ana");
    assertThat(ana.post("/shopper", "id=bo&from=//example.org/"))
        .contains("Kettle &amp; Leaf", "Why does <span>Bo</span>");
  }

  private static void eventually(String id, String path, ThrowingConsumer<String> check)
      throws Exception {
    eventually(Customer.as(shop, id), path, check);
  }

  private static void eventually(Customer customer, String path, ThrowingConsumer<String> check) {
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> check.accept(customer.get(path)));
  }
}
