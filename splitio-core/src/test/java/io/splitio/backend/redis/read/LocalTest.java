package io.splitio.backend.redis.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.redis.link.Address;
import io.splitio.backend.redis.link.RedisSettings;
import io.splitio.backend.redis.link.RedisSettings.Login;
import io.splitio.flag.FeatureFlag;
import io.splitio.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is stored goes by the name of its key. */
class LocalTest {
  private static final String FLAG =
      """
      {"changeNumber":1,"trafficTypeName":"user","name":"blue","trafficAllocation":100,\
      "trafficAllocationSeed":1,"seed":1,"status":"ACTIVE","killed":false,\
      "defaultTreatment":"off","algo":2,"conditions":[]}""";

  private final Local local =
      Local.copies(
          new RedisSettings(
              new Address.Single(new Address.Node("127.0.0.1", 6379), 0), Login.NONE, null),
          DateUnit.SECONDS);

  private Copy<FeatureFlag> read(String name) {
    List<Copies<FeatureFlag>.Loading> begun = new ArrayList<>();
    CompletableFuture<Copy<FeatureFlag>> copy = local.flags().load(name, begun::add);
    begun.get(0).arrived(FLAG.getBytes(UTF_8));
    return copy.join();
  }

  @Test
  void aFlagOfAnotherNameIsNotServedUnderEitherAndToldOfOnce() {
    try (LogCapture log = LogCapture.warnings()) {
      assertThat(read("red").definition()).isNull();
      assertThat(read("red").problem()).isEqualTo("it is named 'blue'");

      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains(
              "'SPLITIO.split.red' cannot be read: it is named 'blue'. The answer is control");
    }
    assertThat(read("blue").definition()).isNotNull();
  }
}
