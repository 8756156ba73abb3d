package io.splitio.sample;

/** The profile live in a real browser. */
class LiveBrowserTest extends SwitchesInBrowser {

  LiveBrowserTest() {
    super("live");
  }
}
