package io.splitio.backend.redis;

import static io.splitio.backend.redis.TestSdks.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Redis on this machine, without a port; the transport that this needs is there on Linux only. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class UnixSocketTest {
  @TempDir private Path folder;
  private final TestSdks sdks = new TestSdks();
  private RedisProcess redis;

  @AfterEach
  void stop() {
    sdks.close();
    redis.close();
  }

  @Test
  void flagsAreReadAndImpressionsWrittenThroughASocket() {
    Path socket = folder.resolve("redis.sock");
    redis =
        RedisProcess.server(
            RedisProcess.freePort(), "--unixsocket", socket.toString(), "--requirepass", "sesame");
    try (RedisCli cli = redis.cli()) {
      cli.say("AUTH sesame");
      cli.say("SELECT 3");
      TestRedis.load(cli, "acme.");
    }

    SplitFactory factory =
        sdks.ready(
            RedisConnector.unixSocket(socket)
                .password("sesame")
                .database(3)
                .prefix("acme")
                .callBudget(Duration.ofSeconds(10)));

    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
    awaitDelivered(factory, 1, 0);
    try (RedisCli cli = redis.cli()) {
      cli.say("AUTH sesame");
      assertThat((String) cli.say("CLIENT LIST")).contains("addr=" + socket);
      cli.say("SELECT 3");
      assertThat(cli.say("LLEN acme.SPLITIO.impressions")).isEqualTo(1L);
    }
  }
}
