package io.splitio.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.testing.LogCapture;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked examples of {@code src/test/resources/spec}, through every way of asking. */
class SpecCasesTest {
  private static final Map<String, SplitFactory> sdks = new HashMap<>();
  private static LogCapture log;

  @BeforeAll
  static void open() {
    log = LogCapture.warnings();
  }

  @AfterAll
  static void close() {
    sdks.values().forEach(SplitFactory::close);
    sdks.clear();
    log.close();
  }

  static Stream<SpecFile.Asked> examples() {
    return SpecFile.examples();
  }

  private static SplitFactory sdk(SpecFile file) {
    return sdks.computeIfAbsent(
        file.name(),
        name ->
            SplitFactory.create(
                file.definitions(),
                SplitConfig.defaults()
                    .withFallbackTreatments(file.fallbacks())
                    .withoutShutdownHook()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theSpecifiedAnswerIsGiven(SpecFile.Asked asked) {
    new SpecAnswers(sdk(asked.file()), SpecCasesTest::already).check(asked.example());
  }

  /** Where everything is in memory, what comes later is there at once. */
  private static <T> T already(CompletableFuture<T> answer) {
    assertThat(answer).isCompleted();
    return answer.join();
  }
}
