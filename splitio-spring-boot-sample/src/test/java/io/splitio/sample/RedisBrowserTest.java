package io.splitio.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The profile redis in a real browser. */
class RedisBrowserTest extends SwitchesInBrowser {

  RedisBrowserTest() {
    super("redis");
  }

  @Test
  void whyPanelNamesRedisAndExplainsFlagsThatTheShopDoesNotKnow() {
    assertThat(browser.text(".why-intro")).contains("a Redis");
    assertThat(browser.text("#why-prices .flag-label")).isEqualTo("gold members");
    assertThat(browser.text("#why-legacy_banner .flag-label")).isEqualTo("killed");
    assertThat(browser.all("#flip-legacy_banner")).isEmpty();
  }
}
