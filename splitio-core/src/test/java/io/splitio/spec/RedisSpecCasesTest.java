package io.splitio.spec;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.backend.redis.RedisCli;
import io.splitio.backend.redis.TestRedis;
import io.splitio.spec.SpecFile.Case;
import io.splitio.spec.SpecFile.Expected;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same worked examples, with the definitions in Redis, below a prefix for each file. */
class RedisSpecCasesTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  /**
   * Definitions that cannot be understood. They are answered as in memory, but as they are there,
   * it is told that they failed, and not that they are missing (ADR 14).
   */
  private static final Set<String> BROKEN =
      Set.of(
          "broken-matcher",
          "broken-regex",
          "config-object",
          "fraction",
          "no-default",
          "no-number",
          "null-whitelist");

  /** The Synchronizer writes null for a list that is absent (ADR 14). */
  private static final String WITHOUT_CONDITIONS = "null-conditions";

  private static final Map<String, SplitFactory> sdks = new HashMap<>();
  private static TestRedis redis;
  private static LogCapture log;

  @BeforeAll
  static void open() {
    log = LogCapture.warnings();
    redis = TestRedis.started();
  }

  @AfterAll
  static void close() {
    redis.close();
    sdks.clear();
    log.close();
  }

  static Stream<SpecFile.Asked> examples() {
    return SpecFile.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theSpecifiedAnswerIsGiven(SpecFile.Asked asked) {
    SplitFactory sdk = sdks.computeIfAbsent(asked.file().name(), name -> sdk(asked.file()));

    new SpecAnswers(sdk, RedisSpecCasesTest::soon).check(here(asked.example()));
  }

  private static Case here(Case example) {
    if (BROKEN.contains(example.flag())) {
      Expected inMemory = example.expected();
      return example.answering(
          new Expected(inMemory.treatment(), inMemory.config(), "exception", null));
    }
    return example.flag().equals(WITHOUT_CONDITIONS)
        ? example.answering(new Expected("off", null, "default rule", 7L))
        : example;
  }

  private static SplitFactory sdk(SpecFile file) {
    try (RedisCli cli = redis.cli()) {
      new SynchronizedRedis(cli, file.name() + ".").put(file);
    }
    SplitConfig config = SplitConfig.defaults().withFallbackTreatments(file.fallbacks());
    SplitFactory sdk = redis.made(redis.connector().prefix(file.name()).callBudget(SOON), config);
    soon(sdk.ready());
    return sdk;
  }

  private static <T> T soon(CompletableFuture<T> answer) {
    try {
      return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
