package io.splitio.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The profile featbit in a real browser. */
class FeatBitBrowserTest extends SwitchesInBrowser {

  FeatBitBrowserTest() {
    super("featbit");
  }

  @Test
  void whyPanelNamesFeatBitAndItsReasons() {
    assertThat(browser.text(".why-intro")).contains("a FeatBit server");
    assertThat(browser.text("#why-prices .flag-label")).isEqualTo("rule match");
    assertThat(browser.text("#why-free-sample .flag-label")).isEqualTo("fall through all rules");
  }
}
