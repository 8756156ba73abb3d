package io.splitio.official;

import static io.splitio.official.Difference.ACCEPTS_EVENTS;
import static io.splitio.official.Difference.BEGINS_A_START_WITH_FLAGS;
import static io.splitio.official.Difference.CATCHES_UP_PAST_CACHES;
import static io.splitio.official.Difference.COUNTS_NO_FIRST_POLL;
import static io.splitio.official.Difference.FETCHES_A_KILL_ONCE;
import static io.splitio.official.Difference.LEAVES_OUT_EMPTY_FIGURES;
import static io.splitio.official.Difference.LEAVES_OUT_EMPTY_HEADERS;
import static io.splitio.official.Difference.LEAVES_OUT_EMPTY_PROPERTIES;
import static io.splitio.official.Difference.LEAVES_OUT_NULLS;
import static io.splitio.official.Difference.NAMES_LATENCIES_AS_DOCUMENTED;
import static io.splitio.official.Difference.NAMES_NO_CHARSET;
import static io.splitio.official.Difference.PASSES_CACHES_FOR_NEW_SEGMENTS;
import static io.splitio.official.Difference.POLLS_A_PERIOD_LATER;
import static io.splitio.official.Difference.REPORTS_OTHER_DEFAULTS;
import static io.splitio.official.Difference.REPORTS_THE_END;
import static io.splitio.official.Difference.TAKES_304_FOR_NO_CHANGE;
import static io.splitio.official.Difference.TELLS_MODE_NONE;
import static io.splitio.official.Difference.TIMES_EVERY_CALL;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.splitio.official.Driven.Setup;
import io.splitio.testing.LogCapture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * What goes over the wire: the official Java SDK and this one go through the same scenarios, each
 * with a cloud of its own, and send the same but for the differences listed here.
 *
 * <p>The scenarios run beside one another, as they mostly wait.
 */
@Timeout(180)
class WireTest {
  private static final int AT_ONCE = 16;

  /** In these, requests of two rounds may overlap, and equal ones fall together. */
  private static final Set<String> UNORDERED = Set.of("token ended", "stream lost");

  private static final Map<String, List<Difference>> DIFFERENCES = differences();
  private static final Map<String, CompletableFuture<Sent>> SENT = new LinkedHashMap<>();
  private static final LogCapture LOG = LogCapture.warnings();
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);

  private static Map<String, List<Difference>> differences() {
    List<Difference> start = List.of(POLLS_A_PERIOD_LATER, REPORTS_OTHER_DEFAULTS);
    Map<String, List<Difference>> all = new LinkedHashMap<>();
    Scenarios.all().keySet().forEach(name -> all.put(name, List.of()));
    for (String name :
        List.of(
            "nothing",
            "flags",
            "segments",
            "pages",
            "segment pages",
            "flag sets",
            "a segment of a rule-based segment",
            "old proxy",
            "error, then well")) {
      all.put(name, start);
    }
    all.put(
        "segment error, then well",
        List.of(POLLS_A_PERIOD_LATER, REPORTS_OTHER_DEFAULTS, BEGINS_A_START_WITH_FLAGS));
    all.put("not modified", List.of(TAKES_304_FOR_NO_CHANGE, REPORTS_OTHER_DEFAULTS));
    all.put("set-up in mode NONE", with(start, TELLS_MODE_NONE));
    all.put("stream", List.of(REPORTS_OTHER_DEFAULTS));
    all.put("kill", List.of(FETCHES_A_KILL_ONCE));
    all.put("segment used for the first time", List.of(PASSES_CACHES_FOR_NEW_SEGMENTS));
    for (String name :
        List.of("no publishers", "paused", "disabled", "token ended", "stream lost")) {
      all.put(name, List.of(CATCHES_UP_PAST_CACHES));
    }
    all.put("no streaming for this key", List.of(CATCHES_UP_PAST_CACHES, REPORTS_OTHER_DEFAULTS));
    recording(all);
    return all;
  }

  private static void recording(Map<String, List<Difference>> all) {
    List<Difference> end =
        List.of(
            NAMES_LATENCIES_AS_DOCUMENTED,
            LEAVES_OUT_EMPTY_FIGURES,
            COUNTS_NO_FIRST_POLL,
            REPORTS_THE_END);
    List<Difference> served = with(end, TIMES_EVERY_CALL);
    all.put("impressions OPTIMIZED", with(served, LEAVES_OUT_NULLS));
    all.put("impressions DEBUG", with(served, LEAVES_OUT_NULLS));
    all.put("impressions NONE", served);
    all.put("no labels", with(served, LEAVES_OUT_NULLS));
    all.put("no addresses", with(served, LEAVES_OUT_NULLS));
    all.put("impressions disabled", end);
    all.put("events", with(end, LEAVES_OUT_EMPTY_PROPERTIES));
    all.put("an end without anything", end);
    all.put("headers", List.of(NAMES_NO_CHARSET, ACCEPTS_EVENTS));
    all.put(
        "headers without addresses",
        List.of(NAMES_NO_CHARSET, ACCEPTS_EVENTS, LEAVES_OUT_EMPTY_HEADERS));
  }

  private static List<Difference> with(List<Difference> some, Difference another) {
    return java.util.stream.Stream.concat(some.stream(), java.util.stream.Stream.of(another))
        .toList();
  }

  /** What both sent in one scenario. */
  private record Sent(List<String> own, List<String> official) {

    private boolean same(String name) {
      List<String> expected = expected(name);
      return UNORDERED.contains(name)
          ? Set.copyOf(own).equals(Set.copyOf(expected))
          : own.equals(expected);
    }

    private List<String> expected(String name) {
      List<String> expected = official;
      for (Difference difference : differences(name)) {
        expected = difference.of(expected);
      }
      return expected;
    }
  }

  @BeforeAll
  static void begin() {
    ((Logger) LoggerFactory.getLogger("io.split")).setLevel(Level.OFF);
    ((Logger) LoggerFactory.getLogger("split.org.apache")).setLevel(Level.OFF);
    Scenarios.all().keySet().forEach(name -> SENT.put(name, run(name)));
  }

  private static CompletableFuture<Sent> run(String name) {
    return run(new Stage(Setup::own), name)
        .thenCombine(run(new Stage(Setup::official), name), Sent::new);
  }

  private static CompletableFuture<List<String>> run(Stage stage, String name) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stage) {
            scenario(name).accept(stage);
            return name.startsWith("headers") ? stage.headers() : stage.sent();
          }
        },
        THREADS);
  }

  private static Consumer<Stage> scenario(String name) {
    return Objects.requireNonNull(Scenarios.all().get(name));
  }

  private static List<Difference> differences(String name) {
    return Objects.requireNonNull(DIFFERENCES.get(name));
  }

  @AfterAll
  static void end() {
    THREADS.shutdownNow();
    LOG.close();
  }

  private static Sent sent(String name) {
    return Objects.requireNonNull(SENT.get(name)).orTimeout(120, TimeUnit.SECONDS).join();
  }

  static Set<String> scenarios() {
    return DIFFERENCES.keySet();
  }

  /** On a busy machine the official SDK may be late; then the scenario is played once more. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void bothSendTheSameButForWhatIsMeantToDiffer(String name) {
    Sent first = sent(name);
    Sent sent = first.same(name) ? first : run(name).orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(sent.same(name)).as("sent %s%nexpected %s", sent.own, sent.expected(name)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Difference.class)
  void everyDifferenceIsOne(Difference difference) {
    assertThat(scenarios())
        .filteredOn(name -> differences(name).contains(difference))
        .anyMatch(name -> matters(difference, name));
  }

  private static boolean matters(Difference difference, String name) {
    List<String> lines = sent(name).official;
    for (Difference other : differences(name)) {
      List<String> before = lines;
      lines = other.of(before);
      if (other == difference) {
        return !lines.equals(before);
      }
    }
    return false;
  }
}
