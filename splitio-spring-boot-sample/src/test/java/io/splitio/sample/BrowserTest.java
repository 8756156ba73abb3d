package io.splitio.sample;

import static io.splitio.sample.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop in a real browser, used as the README says. */
@Tag("browser")
class BrowserTest {
  private static RunningShop shop;
  private static Browser browser;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    shop = RunningShop.start(directory);
    browser = Browser.start(Files.createDirectories(directory.resolve("profile")));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    shop.close();
  }

  @BeforeEach
  void enter() {
    browser.forget();
    browser.sized(1360, 950).open(shop.at("/"));
    assertThat(browser.text("#why-panel h2")).contains("Ana");
  }

  @AfterEach
  void nothingWentWrong() throws IOException {
    shop.flags().restore();
    browser.forget();
    browser.open(shop.at("/"));
    eventually(
        () -> {
          assertThat(browser.text("#price-list")).contains("20 %");
          assertThat(browser.text("#banner")).isEqualTo("The spring harvest is in");
          assertThat(browser.text("#present")).contains("free sample");
          assertThat(browser.text("#why-new-checkout .treatment")).isEqualTo("on");
        });
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void everyShopperSeesAnotherShop() throws IOException {
    assertThat(browser.text("#price-list")).isEqualTo("Gold prices: 20 % off everything");
    assertThat(browser.text("#sencha .now")).isEqualTo("€8.96");
    assertThat(browser.style("#banner", "background-color")).contains("47, 107, 79");
    browser.keep("catalogue-ana");

    browser.shopAs("bo");
    assertThat(browser.text("#price-list")).isEqualTo("Regular prices");
    assertThat(browser.text("#sencha .now")).isEqualTo("€11.20");
    assertThat(browser.all(".review")).isEmpty();
    eventually(
        () -> assertThat(browser.style("#banner", "background-color")).contains("31, 90, 138"));
    browser.keep("catalogue-bo");

    browser.shopAs("chloe");
    assertThat(browser.all(".review")).hasSize(8);
    browser.keep("catalogue-chloe");
  }

  @Test
  void newSearchForgivesATypingMistake() throws IOException {
    browser.type("#words", "sencah\n");
    eventually(() -> assertThat(browser.text("#searched-by")).contains("1 found by smart search"));
    assertThat(browser.text("#sencha h2")).isEqualTo("Jade Sencha");
    browser.keep("search-ana");

    browser.shopAs("bo");
    assertThat(browser.text("#searched-by")).contains("0 found by exact search in names");
    browser.keep("search-bo");
  }

  @Test
  void luckyHalfBuysWithOneClick() throws IOException {
    browser.click("#add-oolong");
    eventually(() -> assertThat(browser.text(".count")).isEqualTo("1"));
    browser.click(".to-basket");
    eventually(() -> assertThat(browser.text("#checkout h2")).isEqualTo("Express checkout"));
    browser.keep("basket-ana");
    browser.click("#buy");
    eventually(() -> assertThat(browser.text("#paid")).isEqualTo("€10.24"));
    browser.keep("receipt-ana");
  }

  @Test
  void otherHalfConfirmsInTheOldCheckout() throws IOException {
    browser.shopAs("bo");
    browser.click("#add-oolong");
    eventually(() -> assertThat(browser.text(".count")).isEqualTo("1"));
    browser.click(".to-basket");
    eventually(() -> assertThat(browser.text("#checkout h2")).isEqualTo("Checkout"));
    browser.keep("basket-bo");
    browser.click("#buy");
    assertThat(browser.all("#paid")).isEmpty();
    browser.click("#checked");
    browser.click("#buy");
    eventually(() -> assertThat(browser.text("#paid")).isEqualTo("€17.70"));
  }

  @Test
  void whyPanelShowsTheWayToADecision() throws IOException {
    browser.shopAs("bo");
    browser.click("#why-new-checkout > summary");
    browser.click("#why-prices > summary");
    assertThat(browser.text("#why-new-checkout")).contains("off", "bucket 79", "decided");
    assertThat(browser.text("#why-prices")).contains("plan", "saw basic");
    browser.keep("why-bo");
  }

  @Test
  void editedFileChangesTheOpenPageWithoutAReload() throws IOException {
    browser.click("#why-prices > summary");
    browser.ask("window.stillTheSamePage = true; document.getElementById('add-mint').focus()");
    shop.flags().edit("theme", "The spring harvest is in", "Now 30 % off for gold members");
    shop.flags().edit("theme", "#2f6b4f", "#7a2e5d");
    shop.flags().edit("prices", "percentOff\\\": 20", "percentOff\\\": 30");

    eventually(
        () -> {
          assertThat(browser.text("#banner")).isEqualTo("Now 30 % off for gold members");
          assertThat(browser.text("#sencha .now")).isEqualTo("€7.84");
          assertThat(browser.style("#banner", "background-color")).contains("122, 46, 93");
        });
    assertThat(browser.text("#toast")).contains("Changed: prices");
    assertThat(browser.ask("return window.stillTheSamePage")).isEqualTo(true);
    assertThat(browser.ask("return document.activeElement.id")).isEqualTo("add-mint");
    assertThat(browser.ask("return document.getElementById('why-prices').open")).isEqualTo(true);
    browser.keep("edited-live");
  }

  @Test
  void killedFlagLeavesTheOpenPage() throws IOException {
    browser.ask("window.stillTheSamePage = true");
    browser.click("#why-free-sample > summary");
    shop.flags().kill("free-sample");
    eventually(() -> assertThat(browser.all("#present")).isEmpty());
    assertThat(browser.text("#why-free-sample .treatment")).isEqualTo("off");
    assertThat(browser.text("#why-free-sample")).contains("killed");
    assertThat(browser.ask("return window.stillTheSamePage")).isEqualTo(true);
    browser.keep("killed-live");
  }

  @Test
  void killedFlagTurnsTheOpenCheckoutIntoTheOldOne() throws IOException {
    browser.click("#add-mint");
    eventually(() -> assertThat(browser.all(".notice")).hasSize(1)); // the page after the click
    browser.click(".to-basket");
    eventually(() -> assertThat(browser.text("#checkout h2")).isEqualTo("Express checkout"));
    browser.untilLive();
    shop.flags().kill("new-checkout");
    eventually(() -> assertThat(browser.text("#checkout h2")).isEqualTo("Checkout"));
  }

  @Test
  void everyPageFitsAPhone() throws IOException {
    browser.sized(390, 844);
    browser.shopAs("chloe");
    assertThatNothingIsCutOff();
    browser.keep("phone-catalogue");
    browser.click("#why-search > summary");
    assertThatNothingIsCutOff();
    browser.click("#add-breakfast");
    eventually(() -> assertThat(browser.all(".notice")).hasSize(1));
    browser.click(".to-basket");
    eventually(() -> assertThat(browser.text("h1")).isEqualTo("Your basket"));
    assertThatNothingIsCutOff();
    browser.keep("phone-basket");
  }

  private static void assertThatNothingIsCutOff() {
    assertThat(browser.ask("return document.documentElement.scrollWidth")).isEqualTo(390L);
  }
}
