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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A profile whose page has switches that turn its flags while it is open, in a real browser. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SwitchesInBrowser {
  private final String profile;
  private RunningShop shop;

  /** Looks at the page. */
  Browser browser;

  SwitchesInBrowser(String profile) {
    this.profile = profile;
  }

  @BeforeAll
  void open(@TempDir Path directory) throws IOException {
    shop = RunningShop.start(directory, profile);
    browser = Browser.start(Files.createDirectories(directory.resolve("profile")));
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
    }
    shop.close();
  }

  @BeforeEach
  void enter() {
    browser.forget();
    browser.sized(1360, 950).open(shop.at("/"));
  }

  @AfterEach
  void nothingWentWrong() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void flippedFlagChangesTheOpenPageWithoutAReload() throws IOException {
    assertThat(browser.text("#present")).contains("free sample");
    browser.ask("window.stillTheSamePage = true");
    browser.keep(profile + "-before");

    browser.click("#flip-free-sample-off");

    eventually(() -> assertThat(browser.all("#present")).isEmpty());
    assertThat(browser.text("#why-free-sample .treatment")).isEqualTo("off");
    assertThat(pressed("#flip-free-sample-off")).isEqualTo("true");
    assertThat(pressed("#flip-free-sample")).isEqualTo("false");
    eventually(
        () ->
            assertThat(browser.text("#toast"))
                .matches("Changed: free-sample, \\d+ ms after the click"));
    assertThat(browser.ask("return window.stillTheSamePage")).isEqualTo(true);
    assertThat(browser.ask("return document.activeElement.id")).isEqualTo("flip-free-sample-off");
    browser.keep(profile + "-flipped");

    browser.click("#flip-free-sample");

    eventually(() -> assertThat(browser.text("#present")).contains("free sample"));
  }

  @Test
  void flippedThemeRepaintsTheOpenPage() throws IOException {
    browser.ask("window.stillTheSamePage = true");

    browser.click("#flip-theme-fjord");

    eventually(
        () -> assertThat(browser.style("#banner", "background-color")).contains("31, 90, 138"));
    assertThat(browser.ask("return window.stillTheSamePage")).isEqualTo(true);
    browser.keep(profile + "-fjord");
    browser.click("#flip-theme");
    eventually(
        () -> assertThat(browser.style("#banner", "background-color")).contains("47, 107, 79"));
  }

  @Test
  void switchesFitAPhone() throws IOException {
    browser.sized(390, 844);

    assertThat(browser.ask("return document.documentElement.scrollWidth")).isEqualTo(390L);
    browser.keep(profile + "-phone");
  }

  private String pressed(String selector) {
    return String.valueOf(browser.one(selector).getDomAttribute("aria-pressed"));
  }
}
