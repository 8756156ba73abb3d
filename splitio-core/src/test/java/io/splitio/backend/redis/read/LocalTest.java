package io.splitio.backend.redis.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.flag.FeatureFlag;
import io.splitio.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is stored goes by the name of its key, and what is wrong with it is told. */
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
    return load(local.flags(), name, FLAG);
  }

  private static <T> Copy<T> load(Copies<T> copies, String name, @Nullable String stored) {
    List<Copies<T>.Loading> begun = new ArrayList<>();
    CompletableFuture<Copy<T>> copy = copies.load(name, begun::add);
    begun.get(0).arrived(stored == null ? null : stored.getBytes(UTF_8));
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

  @Test
  void whatCannotBeDecidedIsToldOfOnce() {
    String unknown =
        """
        [{"conditionType":"ROLLOUT","label":"r","matcherGroup":{"combiner":"AND","matchers":[\
        {"matcherType":"BY_THE_MOON","negate":false}]},\
        "partitions":[{"treatment":"on","size":100}]}]""";
    String excluding =
        """
        {"changeNumber":1,"name":"ours","status":"ACTIVE","trafficTypeName":"user","excluded":\
        {"keys":[],"segments":[{"name":"all","type":"large"}]},"conditions":[]}""";
    try (LogCapture log = LogCapture.warnings()) {
      for (int i = 0; i < 2; i++) {
        load(local.flags(), "blue", FLAG.replace("[]", unknown));
        load(local.ruleBased(), "ours", excluding);
      }

      assertThat(log.lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("blue").contains("BY_THE_MOON"),
              line -> assertThat(line).contains("ours").contains("excluded segment of type"));
    }
  }

  @Test
  void aRuleBasedSegmentThatIsAskedAboutAndMissingIsToldOfOnce() {
    try (LogCapture log = LogCapture.warnings()) {
      load(local.flags(), "none", null);
      load(local.ruleBased(), "gone", null);
      load(local.ruleBased(), "gone", null);

      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("Rule-based segment 'gone'", "nobody is a member of it");
    }
  }
}
