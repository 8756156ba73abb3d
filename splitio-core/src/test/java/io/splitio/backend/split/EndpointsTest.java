package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
  @Test
  void theCloudHasFiveServices() {
    assertThat(Endpoints.CLOUD.all())
        .containsExactly(
            URI.create("https://sdk.split.io"),
            URI.create("https://events.split.io"),
            URI.create("https://auth.split.io/api/v2/auth"),
            URI.create("https://streaming.split.io/sse"),
            URI.create("https://telemetry.split.io/api/v1"));
    assertThat(Endpoints.CLOUD.sdkOverridden()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:3000, http://127.0.0.1:3000",
    "http://127.0.0.1:3000/, http://127.0.0.1:3000",
    "https://proxy/split//, https://proxy/split",
    "https://proxy/a%20b?x=1#y, https://proxy/a%20b",
    "http://[::1]:3000/x, http://[::1]:3000/x",
  })
  void oneAddressServesAll(String given, String root) {
    assertThat(Endpoints.at(URI.create(given)).all())
        .containsExactly(
            URI.create(root),
            URI.create(root),
            URI.create(root + "/api/v2/auth"),
            URI.create(root + "/sse"),
            URI.create(root + "/api/v1"));
  }

  @Test
  void onlyTheSdkAddressMayHideAnOldProxy() {
    URI other = URI.create("https://other");
    assertThat(
            Endpoints.CLOUD
                .withEvents(other)
                .withAuth(other)
                .withStreaming(other)
                .withTelemetry(other)
                .sdkOverridden())
        .isFalse();
    assertThat(Endpoints.CLOUD.withSdk(other).sdkOverridden()).isTrue();
  }
}
