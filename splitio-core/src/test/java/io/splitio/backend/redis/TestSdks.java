package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.api.SdkHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Instances of the SDK, ended together. */
final class TestSdks implements AutoCloseable {
  private final List<SplitFactory> all = new ArrayList<>();

  /** One that may not be ready yet. */
  SplitFactory made(RedisConnector connector) {
    SplitConfig config =
        SplitConfig.defaults().withoutShutdownHook().withImpressionMode(ImpressionMode.DEBUG);
    SplitFactory made = SplitFactory.create(connector, config);
    all.add(made);
    return made;
  }

  /** One that is ready. */
  SplitFactory ready(RedisConnector connector) {
    SplitFactory factory = made(connector);
    try {
      factory.blockUntilReady(Duration.ofSeconds(20));
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError(factory.health().toString(), e);
    }
    return factory;
  }

  /** Waits until all that was accepted arrived, and has the accounts for it. */
  static void awaitDelivered(SplitFactory factory, long impressions, long events) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(factory.health().impressions().delivered()).isEqualTo(impressions);
              assertThat(factory.health().events().delivered()).isEqualTo(events);
            });
    assertExact(factory.health());
  }

  /** What was accepted is delivered, waits, or was dropped for a reason that is counted. */
  static void assertExact(SdkHealth health) {
    for (SdkHealth.Ledger ledger : List.of(health.impressions(), health.events())) {
      assertThat(ledger.balances()).as(ledger.toString()).isTrue();
    }
  }

  @Override
  public void close() {
    all.forEach(SplitFactory::close);
  }
}
