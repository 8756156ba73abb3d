package io.splitio.backend.redis;

import static io.splitio.backend.redis.TestSdks.assertExact;
import static io.splitio.backend.redis.TestSdks.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.fake.proxy.FaultProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis was sent something, and its reply never came. */
class DoubtfulTest {
  private final TestSdks sdks = new TestSdks();
  private RedisProcess redis;
  private FaultProxy proxy;

  @BeforeEach
  void start() {
    redis = RedisProcess.server(RedisProcess.freePort());
    try (RedisCli cli = redis.cli()) {
      TestRedis.load(cli, "");
    }
    proxy = FaultProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port()));
  }

  @AfterEach
  void stop() {
    sdks.close();
    proxy.close();
    redis.close();
  }

  private RedisConnector connector() {
    return RedisConnector.host("127.0.0.1", proxy.port()).commandTimeout(Duration.ofSeconds(1));
  }

  private long length(String list) {
    return (Long) redis.say("LLEN SPLITIO." + list);
  }

  private SplitFactory recordedOnce(RedisConnector connector) {
    SplitFactory factory = sdks.ready(connector);
    factory.client().getTreatment("alice", "checkout_v2");
    factory.client().track("alice", "user", "first");
    awaitDelivered(factory, 1, 1);
    return factory;
  }

  /** Of one impression and one event Redis has each, and what it said of them is lost. */
  private void loseReplies(SplitFactory factory) {
    factory.client().getTreatment("vip_user", "checkout_v2"); // what it needs is held already
    proxy.toClient().blackholeAfter(0);
    factory.client().track("erin", "user", "second");
    await().until(() -> length("events") == 2);
    await().until(() -> length("impressions") >= 2);
    await().until(() -> factory.health().events().abandoned() > 0 || length("events") > 2);
    proxy.toClient().clear();
    proxy.drop();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                factory.health().events().queued() == 0
                    && factory.health().impressions().queued() == 0);
    assertExact(factory.health());
  }

  @Test
  void eventsThatRedisMayHaveAreNotSentAgainAndImpressionsOnceMore() {
    SplitFactory factory = recordedOnce(connector());

    loseReplies(factory);

    SdkHealth health = factory.health();
    assertThat(length("events")).isEqualTo(2);
    assertThat(health.events().delivered() + health.events().abandoned()).isEqualTo(2);
    assertThat(length("impressions")).isBetween(2L, 3L);
    assertThat(health.impressions().delivered()).isEqualTo(2);
  }

  @Test
  void whoChoosesSoHasItSentAgainAndMayHaveItTwice() {
    SplitFactory factory = recordedOnce(connector().resendingDoubtful());
    proxy.toClient().blackholeAfter(0);
    factory.client().track("erin", "user", "second");
    await().until(() -> length("events") == 2);
    proxy.toClient().clear();
    proxy.drop();

    awaitDelivered(factory, 1, 2);
    assertThat(length("events")).isEqualTo(3);
    assertThat(factory.health().events().abandoned()).isZero();
  }

  @Test
  void aListExpiresAlsoWhenTheReplyThatToldOfItsCreationIsLost() {
    SplitFactory factory = recordedOnce(connector().resendingDoubtful());
    redis.say("DEL SPLITIO.events");
    proxy.toClient().blackholeAfter(0);
    factory.client().track("erin", "user", "second");
    await().until(() -> length("events") == 1);
    assertThat(redis.say("TTL SPLITIO.events")).isEqualTo(-1L);
    proxy.toClient().clear();
    proxy.drop();

    awaitDelivered(factory, 1, 2);
    await()
        .untilAsserted(
            () -> assertThat((Long) redis.say("TTL SPLITIO.events")).isBetween(3_500L, 3_600L));
  }
}
