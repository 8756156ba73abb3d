package io.splitio;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.condition;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.inSegment;
import static io.splitio.testing.JsonText.listed;
import static io.splitio.testing.JsonText.matcher;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.partition;
import static io.splitio.testing.JsonText.rollout;
import static io.splitio.testing.JsonText.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.splitio.api.ImpressionMode;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.testing.Definitions;
import io.splitio.testing.KeptSinks;
import io.splitio.testing.LogCapture;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an evaluation allocates once it is warm, in bytes: exact, where timings are noisy. */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int BATCH = 20_000;
  private static final int QUEUE = 60 * BATCH;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int KEYS = 1_024;

  /** An impression, and its share in the queue. */
  private static final long IMPRESSION = 64 + 5;

  /** An event, and its share in the queue. */
  private static final long EVENT = 56;

  private static final double MEASUREMENT = 1_000; // bytes that measuring takes, or less
  private static final Map<String, Object> ATTRIBUTES =
      Map.of("plan", "gold", "age", 30, "tags", Set.of("berlin", "retail"));

  private final LogCapture log = LogCapture.warnings();
  private final SplitFactory factory =
      sdk(Definitions.of(definitions()).segment("staff", Set.of("ana")));
  private final SplitClient client = factory.client();
  private final String[] keys = new String[KEYS];

  AllocationTest() {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "customer-" + i;
    }
  }

  @AfterEach
  void close() {
    factory.close();
    log.close();
  }

  private static SplitFactory sdk(Definitions definitions) {
    return SplitFactory.create(definitions, SplitConfig.defaults().withoutShutdownHook());
  }

  private static String definitions() {
    List<?> halves = List.of(partition("on", 50), partition("off", 50));
    Map<String, Object> percentage =
        with(
            flag("percentage", condition("ROLLOUT", "half", halves, allKeys())),
            "trafficAllocation",
            90);
    Map<String, Object> whitelist =
        flag("whitelist", rollout("on", listed("WHITELIST", null, false, List.of("customer-1"))));
    Map<String, Object> age =
        matcher(
            "BETWEEN",
            "age",
            false,
            "betweenMatcherData",
            object("dataType", "NUMBER", "start", 18, "end", 40));
    Map<String, Object> rules =
        flag(
            "rules",
            rollout("staff", inSegment("IN_SEGMENT", "staff")),
            rollout("trade", listed("CONTAINS_ANY_OF_SET", "tags", false, List.of("wholesale"))),
            rollout("home", listed("PART_OF_SET", "tags", false, List.of("berlin"))),
            rollout("gold", listed("STARTS_WITH", "plan", false, List.of("go")), age));
    Map<String, Object> killed = with(flag("killed"), "killed", true);
    Object[] all = Stream.concat(Stream.of(percentage, whitelist, rules, killed), many()).toArray();
    return changes(all);
  }

  private static Stream<Object> many() {
    return IntStream.range(0, 100)
        .mapToObj(
            i -> with(flag("many-" + i, rollout("on", allKeys())), "sets", List.of("hundred")));
  }

  @Test
  void aPercentageRolloutAllocatesAtMostItsKey() {
    assertAtMost(24, i -> client.getTreatment(keys[i], "percentage"));
  }

  @Test
  void aKeyThatIsThereAlreadyCostsNothing() {
    Key key = Key.of("customer-7", "account-9");

    assertAtMost(0, i -> client.getTreatment(key, "percentage", ATTRIBUTES));
    assertAtMost(0, i -> client.evaluate(key, "percentage", ATTRIBUTES));
  }

  @Test
  void anImpressionThatIsOnlyCountedCostsNothing() {
    try (SplitFactory reporting =
        SplitFactory.create(
            Definitions.of(definitions(), new KeptSinks()),
            SplitConfig.defaults().withoutShutdownHook())) {
      SplitClient reported = reporting.client();
      Key key = Key.of("customer-7", "account-9");

      assertAtMost(0, i -> reported.getTreatment(key, "percentage", ATTRIBUTES));
    }
  }

  @Test
  void individualTargetsAllocateAtMostTheirKey() {
    assertAtMost(24, i -> client.getTreatment(keys[i], "whitelist", ATTRIBUTES));
  }

  @Test
  void segmentsAndAttributesAllocateAtMostTheirKey() {
    assertAtMost(24, i -> client.getTreatmentWithConfig(keys[i], "rules", ATTRIBUTES));
  }

  @Test
  void aKilledFlagAllocatesAtMostItsKey() {
    assertAtMost(24, i -> client.getTreatment(keys[i], "killed"));
  }

  @Test
  void aFlagThatIsNotKnownAllocatesAtMostItsKey() {
    assertAtMost(24, i -> client.getTreatment(keys[i], "unknown"));
  }

  @Test
  void aQuestionBeforeItIsReadyAllocatesAtMostItsKey() {
    try (SplitFactory early = sdk(Definitions.of(definitions()).neverReady())) {
      assertAtMost(24, i -> early.client().getTreatment(keys[i], "percentage"));
    }
  }

  @Test
  void aQuestionAfterTheEndAllocatesAtMostItsKey() {
    factory.destroy();

    assertAtMost(24, i -> client.getTreatment(keys[i], "percentage"));
    assertAtMost(0, i -> client.track(keys[i], "user", "event"));
  }

  @Test
  void aMistakeThatWasToldAllocatesAtMostItsKey() {
    assertAtMost(24, i -> client.getTreatment("", "percentage"));
    assertAtMost(24, i -> client.getTreatment(keys[i], "bad#name"));
    assertAtMost(24, i -> client.getTreatment(keys[i], ""));
  }

  @Test
  void aHundredFlagsAllocateAtMostAHundredBytesEach() {
    List<String> hundred = IntStream.range(0, 100).mapToObj(i -> "many-" + i).toList();

    assertAtMost(10_000, i -> client.getTreatments(keys[i], hundred), BATCH / 20);
    assertAtMost(10_000, i -> client.getTreatmentsByFlagSet(keys[i], "hundred"), BATCH / 20);
  }

  @Test
  void anImpressionOfEachEvaluationIsAllThatDebuggingAllocates() {
    try (SplitFactory reporting =
        SplitFactory.create(
            Definitions.of(definitions(), new KeptSinks()),
            SplitConfig.defaults()
                .withoutShutdownHook()
                .withImpressionMode(ImpressionMode.DEBUG)
                .withImpressionsQueueSize(QUEUE))) {
      SplitClient reported = reporting.client();
      Key key = Key.of("customer-7", "account-9");

      assertAtMost(IMPRESSION, i -> reported.getTreatment(key, "percentage", ATTRIBUTES));
    }
  }

  @Test
  void anEventIsAllThatTrackingAllocates() {
    try (SplitFactory reporting = reporting(QUEUE, new KeptSinks())) {
      SplitClient reported = reporting.client();

      assertAtMost(EVENT, i -> reported.track(keys[i], "user", "purchase"));
    }
  }

  @Test
  void anEventForWhichThereIsNoRoomIsNotEvenMade() {
    CompletableFuture<Delivery> answer = new CompletableFuture<>();
    try (SplitFactory reporting = reporting(1, new KeptSinks().answering(what -> answer))) {
      SplitClient reported = reporting.client();
      assertThat(reported.track("ana", "user", "purchase")).isTrue();

      assertAtMost(0, i -> reported.track(keys[i], "user", "purchase"));
      assertThat(reporting.health().events().accepted()).isEqualTo(1);
      assertThat(reporting.health().events().full()).isGreaterThanOrEqualTo(BATCH);
      answer.complete(Delivery.of(Fate.DELIVERED));
    }
  }

  private static SplitFactory reporting(int queue, KeptSinks sinks) {
    return SplitFactory.create(
        Definitions.of(definitions(), sinks),
        SplitConfig.defaults().withoutShutdownHook().withEventsQueueSize(queue));
  }

  /**
   * The cheapest of many batches counts: the compiler works in the background, and what is not
   * compiled yet may allocate.
   */
  private static void assertAtMost(long bytes, IntFunction<Object> question) {
    assertAtMost(bytes, question, BATCH);
  }

  private static void assertAtMost(long bytes, IntFunction<Object> question, int times) {
    assumeTrue(THREADS.isThreadAllocatedMemorySupported());
    double cheapest = Double.MAX_VALUE;
    long start = System.nanoTime();
    while (cheapest > (double) bytes && System.nanoTime() - start < LIMIT.toNanos()) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      int answered = ask(question, times);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(answered).isEqualTo(times);
      cheapest = Math.min(cheapest, (allocated - MEASUREMENT) / (double) times);
    }
    assertThat(cheapest).as("bytes per evaluation").isLessThanOrEqualTo((double) bytes);
  }

  private static int ask(IntFunction<Object> question, int times) {
    int answered = 0;
    for (int i = 0; i < times; i++) {
      answered += question.apply(i & KEYS - 1) == null ? 0 : 1;
    }
    return answered;
  }
}
