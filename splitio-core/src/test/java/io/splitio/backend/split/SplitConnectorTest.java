package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
        "the endpoint is proxy:3000; it must be an absolute address with http or https");
    says(
        () -> connector.streamingEndpoint(URI.create("ws://proxy/sse")),
        "the streaming endpoint is ws://proxy/sse; it must be an absolute address with http or"
            + " https");
    says(
        () -> connector.telemetryEndpoint(URI.create("/api/v1")),
        "the telemetry endpoint is /api/v1; it must be an absolute address with http or https");
  }

  @Test
  void anAddressHoldsNoPassword() {
    says(
        () -> connector.sdkEndpoint(URI.create("https://user:secret@proxy")),
        "the SDK endpoint contains a user name or password; leave them out and send what a gateway"
            + " needs as a header");
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
