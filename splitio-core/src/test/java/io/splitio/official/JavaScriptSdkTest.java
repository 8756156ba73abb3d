package io.splitio.official;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.api.SplitView;
import io.splitio.backend.redis.RedisCli;
import io.splitio.backend.redis.TestRedis;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The official JavaScript SDK in its Redis consumer mode, and this one: the same questions to the
 * same Redis, and what both wrote.
 *
 * <p>Run by {@code .ci/redis-check}, which installs that SDK.
 */
@Tag("javascript")
class JavaScriptSdkTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<ImpressionMode, Sides> SIDES = new EnumMap<>(ImpressionMode.class);

  /** How many impressions the questions leave. */
  private static final Map<ImpressionMode, Integer> IMPRESSIONS =
      Map.of(ImpressionMode.DEBUG, 27, ImpressionMode.OPTIMIZED, 21, ImpressionMode.NONE, 0);

  private static TestRedis redis;

  /** What both answered, and what both wrote. */
  private record Sides(JsonNode theirs, JsonNode ours, WrittenByOne byThem, WrittenByOne byUs) {}

  @BeforeAll
  static void askBoth() throws Exception {
    redis = TestRedis.started();
    try (RedisCli cli = redis.cli()) {
      for (ImpressionMode mode : ImpressionMode.values()) {
        redis.golden("js-" + mode + ".").golden("java-" + mode + ".");
        Set<Object> before = new TreeSet<>(cli.list("KEYS *"));
        JsonNode theirs = theirs("js-" + mode, mode);
        JsonNode ours = ours("java-" + mode, mode);
        SIDES.put(
            mode,
            new Sides(
                theirs,
                ours,
                WrittenByOne.read(cli, "js-" + mode + ".", before),
                WrittenByOne.read(cli, "java-" + mode + ".", before)));
      }
    }
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private static JsonNode theirs(String prefix, ImpressionMode mode) throws Exception {
    Process node =
        new ProcessBuilder(
                "node",
                Path.of("src/test/js/redis-consumer.js").toAbsolutePath().toString(),
                "redis://127.0.0.1:" + redis.port() + "/0",
                prefix,
                mode.name(),
                Path.of("src/test/resources/redis/questions.json").toAbsolutePath().toString())
            .directory(new File(System.getProperty("splitio.javascript")))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream said = node.getInputStream()) {
      JsonNode answers = JSON.readTree(said);
      assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(node.exitValue()).isZero();
      return answers;
    }
  }

  private static JsonNode ours(String prefix, ImpressionMode mode) throws Exception {
    SplitConfig config = SplitConfig.defaults().withImpressionMode(mode);
    try (SplitFactory factory = redis.made(redis.connector().prefix(prefix), config)) {
      factory.blockUntilReady(Duration.ofSeconds(10));
      List<Object> answers = new ArrayList<>();
      for (JsonNode question : questions()) {
        answers.add(new Asked(question).of(factory.client()));
      }
      List<String> names = factory.manager().splitNames().stream().sorted().toList();
      List<SplitView> views = factory.manager().splits();
      return JSON.valueToTree(Map.of("answers", answers, "names", names, "views", views));
    }
  }

  private static JsonNode questions() throws IOException {
    try (InputStream in = JavaScriptSdkTest.class.getResourceAsStream("/redis/questions.json")) {
      return JSON.readTree(in);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothAnswerTheSame(ImpressionMode mode) throws IOException {
    Sides sides = SIDES.get(mode);

    assertThat(sides.theirs.path("answers")).hasSameSizeAs(questions());
    for (int i = 0; i < questions().size(); i++) {
      assertThat(sides.ours.path("answers").get(i))
          .as("%s", questions().get(i))
          .isEqualTo(sides.theirs.path("answers").get(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothShowTheSameFlags(ImpressionMode mode) {
    Sides sides = SIDES.get(mode);

    assertThat(sides.theirs.path("names")).hasSize(3);
    assertThat(sides.ours.path("names")).isEqualTo(sides.theirs.path("names"));
    assertThat(Views.byName(sides.ours)).isEqualTo(Views.byName(sides.theirs));
  }

  @ParameterizedTest
  @EnumSource
  void bothWriteTheSameKeysOfTheSameTypes(ImpressionMode mode) {
    Sides sides = SIDES.get(mode);

    assertThat(sides.byThem.types()).containsEntry("SPLITIO.telemetry.init", "hash");
    assertThat(sides.byUs.types()).isEqualTo(sides.byThem.types());
  }

  @ParameterizedTest
  @EnumSource
  void bothWriteTheSameImpressions(ImpressionMode mode) {
    Sides sides = SIDES.get(mode);

    assertThat(sides.byThem.impressions()).hasSize(IMPRESSIONS.get(mode));
    assertThat(sides.byUs.impressions()).isEqualTo(sides.byThem.impressions());
  }

  @ParameterizedTest
  @EnumSource
  void bothWriteTheSameCountsAndKeys(ImpressionMode mode) {
    Sides sides = SIDES.get(mode);

    assertThat(sides.byThem.counts()).containsKey("legacy_banner");
    assertThat(sides.byUs.counts()).isEqualTo(sides.byThem.counts());
    assertThat(sides.byUs.uniqueKeys()).isEqualTo(sides.byThem.uniqueKeys());
  }

  @ParameterizedTest
  @EnumSource
  void bothWriteTheSameEvents(ImpressionMode mode) {
    Sides sides = SIDES.get(mode);

    assertThat(sides.byThem.events()).hasSize(2);
    assertThat(sides.byUs.events()).isEqualTo(sides.byThem.events());
  }

  /** This one also tells the mode of impressions and its tags, as the specification has them. */
  @ParameterizedTest
  @EnumSource
  void bothTellTheSameOfThemselves(ImpressionMode mode) {
    Sides sides = SIDES.get(mode);

    assertThat(sides.byThem.init())
        .containsExactlyInAnyOrder("oM=1", "st=\"redis\"", "aF=int", "rF=int");
    assertThat(sides.byUs.init()).containsAll(sides.byThem.init());
    assertThat(sides.byThem.calls()).containsEntry("treatmentWithConfig", 21L);
    assertThat(sides.byUs.calls()).isEqualTo(sides.byThem.calls());
  }
}
