package io.splitio.backend.split;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.ImpressionMode;
import io.splitio.backend.split.SplitApi.Endpoint;
import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Outcome.Success;
import io.splitio.net.Trouble;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Event;
import io.splitio.record.Served;
import io.splitio.record.Sinks.Count;
import io.splitio.record.Sinks.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where recorded data goes, and what becomes of it (protocol specification 1.2, 1.3, 14.1). */
class SplitSinksTest {
  private final List<String> posts = new ArrayList<>();
  private final SplitSinks sinks =
      new SplitSinks(
          (endpoint, document, headers) -> {
            posts.add(endpoint + " " + headers);
            return completedFuture(new Success<>(202, 202));
          },
          new SplitSinks.Setup(
              true, Duration.ofSeconds(30), Duration.ofSeconds(30), Endpoints.CLOUD, false),
          new SplitSinks.Line(() -> {}, () -> {}, () -> {}));

  @Test
  void onlyImpressionsNameTheirMode() {
    Served served = new Served("f", "k", null, "on", null, null, 1, 0, Map.of());

    assertThat(
            List.of(
                sinks.impressions(ImpressionMode.DEBUG, List.of(served)).join().fate(),
                sinks.counts(List.of(new Count("f", 0, 1))).join().fate(),
                sinks.uniqueKeys(List.of(new Keys("f", List.of("k")))).join().fate(),
                sinks.events(List.of(new Event("k", "u", "e", null, Map.of(), 1))).join().fate()))
        .containsOnly(Fate.DELIVERED);
    assertThat(posts)
        .containsExactly(
            Endpoint.IMPRESSIONS + " {SplitSDKImpressionsMode=DEBUG}",
            Endpoint.COUNTS + " {}",
            Endpoint.UNIQUE_KEYS + " {}",
            Endpoint.EVENTS + " {}");
  }

  @ParameterizedTest
  @CsvSource({
    "304,TRY_MUCH_LATER",
    "400,REFUSED",
    "401,TRY_MUCH_LATER",
    "403,TRY_MUCH_LATER",
    "404,TRY_MUCH_LATER",
    "405,REFUSED",
    "408,TRY_AGAIN",
    "413,HALVE",
    "414,REFUSED",
    "425,TRY_AGAIN",
    "429,TRY_AGAIN",
    "500,TRY_AGAIN",
    "503,TRY_AGAIN"
  })
  void aStatusDecidesTheFate(int status, Fate fate) {
    assertThat(delivery(new Trouble.Status(status, null)).fate()).isEqualTo(fate);
  }

  @Test
  void theServicesWishIsPassedOn() {
    assertThat(delivery(new Trouble.Status(429, Duration.ofSeconds(90))).notBefore())
        .isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void aRefusedRedirectLasts() {
    assertThat(delivery(new Trouble.RefusedRedirect(302, "elsewhere")).fate())
        .isEqualTo(Fate.TRY_MUCH_LATER);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT,TRY_AGAIN",
    "TIMEOUT,TRY_AGAIN",
    "RESET,TRY_AGAIN",
    "TRUNCATED,TRY_AGAIN",
    "CLOSED,TRY_AGAIN",
    "TLS,TRY_MUCH_LATER",
    "PROXY,TRY_MUCH_LATER"
  })
  void aBrokenTransportDecidesTheFate(Trouble.Kind kind, Fate fate) {
    assertThat(delivery(new Trouble.Transport(kind, "")).fate()).isEqualTo(fate);
  }

  private static Delivery delivery(Trouble trouble) {
    Outcome<byte[]> outcome = new Failure<>(trouble);
    return SplitSinks.delivery(outcome);
  }
}
