package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is wrong with a setting, in words for who made it. */
class SplitConnectorTest {
  private final SplitConnector connector = SplitConnector.sdkKey("server-side-key");

  private static void says(ThrowingCallable wrong, String message) {
    assertThatIllegalArgumentException().isThrownBy(wrong).withMessage(message);
  }

  @Test
  void aKeyIsNeeded() {
    says(
        () -> SplitConnector.sdkKey(null),
        "the SDK key is null; pass the server-side SDK key of an environment, or 'localhost'");
    says(
        () -> SplitConnector.sdkKey(" \n"),
        "the SDK key is empty; pass the server-side SDK key of an environment, or 'localhost'");
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void whatIsNullIsNamedAtOnce() {
    named(() -> connector.endpoint(null), "the endpoint");
    named(() -> connector.flagsRefreshRate(null), "flagsRefreshRate");
    named(() -> connector.snapshotFile(null), "snapshotFile");
    named(() -> connector.http(null), "change");
  }

  private static void named(ThrowingCallable wrong, String name) {
    assertThatNullPointerException().isThrownBy(wrong).withMessage(name);
  }

  @Test
  void aKeyThatWasCopiedBadlyIsNotShown() {
    says(
        () -> SplitConnector.sdkKey("abc\r\nX-Evil: 1"),
        "the SDK key contains spaces or characters outside ASCII; copy it again");
  }

  @Test
  void spaceAroundAKeyIsForgiven() {
    assertThat(SplitConnector.sdkKey(" key \n").environment()).isEqualTo("key");
  }

  @Test
  void anAddressIsWhole() {
    says(
        () -> connector.endpoint(URI.create("proxy:3000")),
        "the endpoint is proxy:…; it must be an absolute address with http or https");
    says(
        () -> connector.streamingEndpoint(URI.create("ws://proxy/sse")),
        "the streaming endpoint is ws://proxy; it must be an absolute address with http or https");
    says(
        () -> connector.telemetryEndpoint(URI.create("/api/v1")),
        "the telemetry endpoint is …; it must be an absolute address with http or https");
  }

  @Test
  void anAddressHoldsNoPassword() {
    says(
        () -> connector.sdkEndpoint(URI.create("https://user:secret@proxy")),
        "the SDK endpoint contains a user name or password; leave them out and send what a gateway"
            + " needs as a header");
  }

  @Test
  void noPasswordIsShownWhateverElseIsWrong() {
    for (String address :
        new String[] {
          "http://user:s3cret@split_proxy:3000", "ftp://user:s3cret@host", "user:s3cret@host:3000"
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connector.endpoint(URI.create(address)))
          .withMessageNotContaining("s3cret");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector.endpoint(URI.create("ftp://host/s3cret?s3cret")))
        .withMessageNotContaining("s3cret");
  }

  @Test
  void aHostIsNamedAsHostsAre() {
    says(
        () -> connector.endpoint(URI.create("http://split_proxy:70000")),
        "the endpoint is http://split_proxy; it must name a host of letters, digits, hyphens, underscores and dots, and a port up to 65535 if any");
  }

  @Test
  void ratesHaveLowerLimits() {
    says(
        () -> connector.flagsRefreshRate(Duration.ofSeconds(4)),
        "flagsRefreshRate is PT4S; it must be at least 5 seconds");
    says(
        () -> connector.segmentsRefreshRate(Duration.ofSeconds(29)),
        "segmentsRefreshRate is PT29S; it must be at least 30 seconds");
    says(
        () -> connector.segmentsConcurrency(101),
        "segmentsConcurrency is 101; it must be from 1 to 100");
    says(
        () -> connector.maxSegmentPayload(0), "maxSegmentPayload is 0; it must be at least 1 byte");
  }

  @Test
  void pausesBeforeAnotherStreamHaveLimits() {
    says(
        () -> connector.streamReconnectBackoffBase(Duration.ofMillis(999)),
        "streamReconnectBackoffBase is PT0.999S; it must be at least 1 seconds");
    says(
        () -> connector.streamAuthBackoffBase(Duration.ofSeconds(61)),
        "streamAuthBackoffBase is PT1M1S; it must be at most 60 seconds");
  }

  @Test
  void theTextFormDoesNotContainTheKey() {
    assertThat(connector.withoutStreaming())
        .hasToString("SplitConnector[https://sdk.split.io, streaming=false]");
  }
}
