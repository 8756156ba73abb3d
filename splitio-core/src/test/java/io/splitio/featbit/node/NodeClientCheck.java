package io.splitio.featbit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.fake.json.Json;
import io.splitio.featbit.EvalDetail;
import io.splitio.featbit.FeatBitClient;
import io.splitio.featbit.node.Model.Flag;
import io.splitio.featbit.node.Model.Portion;
import io.splitio.featbit.node.Model.Rule;
import io.splitio.featbit.node.Model.Segment;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official FeatBit client for Node.js and this SDK follow one server and are asked the same.
 * {@code .ci/featbit-check} installs that client and runs this; the build does not.
 */
class NodeClientCheck {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long SEED =
      Long.getLong("featbit.seed", new Random().nextLong(1_000_000_000));
  private static final int ROUNDS = 8;
  private static final int USERS = 100;
  private static final int FLAGS = 80;
  private static final int SEGMENTS = 12;
  private static final int LEAST = 20_000;
  static final String MARKER = "marker"; // a flag that both know by now

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final Random random = new Random(SEED);
  private final RandomDefinitions definitions = new RandomDefinitions(SEED);
  private final Map<String, Flag> flags = new TreeMap<>();
  private final Map<String, Segment> segments = new TreeMap<>();
  private final List<User> users = IntStream.range(0, USERS).mapToObj(definitions::user).toList();
  private final List<String> segmentIds =
      IntStream.range(0, SEGMENTS).mapToObj(i -> "segment-" + i).toList();
  private NodeClient node;
  private SplitFactory factory;

  @BeforeAll
  static void say() {
    System.out.println("The seed is " + SEED + "; -Dfeatbit.seed=" + SEED + " repeats this.");
  }

  @BeforeEach
  void start() throws IOException, InterruptedException, TimeoutException {
    server.putFlag("{\"key\":\"" + MARKER + "\",\"isArchived\":true}");
    factory =
        SplitFactory.create(
            FeatBitConnector.secret(SECRET).streaming(server.streaming()).events(server.events()),
            SplitConfig.defaults());
    factory.blockUntilReady(LIMIT);
    node = new NodeClient(installed(), server, SECRET);
  }

  private static Path installed() {
    return Path.of(
        Objects.requireNonNull(
            System.getProperty("featbit.sdk"),
            "-Dfeatbit.sdk is missing: the folder where @featbit/node-server-sdk is installed"));
  }

  @AfterEach
  void end() {
    node.close();
    factory.destroy();
    server.close();
  }

  @Test
  void itBecomesReadyFollowsAPatchAndDeliversItsInsights() {
    User ana = User.of("ana", "country", "fr");
    put(certain("banner", "hello"));
    settle();
    assertThat(node.evaluate(ana, "banner"))
        .isEqualTo(new Answer("hello", "fall through all rules"))
        .isEqualTo(ours(ana, "banner"));
    node.track(ana, "purchase", 19.9);
    node.finish();
    assertThat(server.received().awaitEvent(event -> event.containsKey("metrics"), LIMIT))
        .isNotEmpty();
    assertThat(server.received().metrics())
        .singleElement()
        .satisfies(metric -> assertThat(metric.get("eventName")).isEqualTo("purchase"));
    assertThat(server.received().variations())
        .anySatisfy(served -> assertThat(served.get("featureFlagKey")).isEqualTo("banner"));
  }

  @Test
  void itComesBackAndHearsWhatItMissed() {
    put(certain("banner", "before"));
    settle();
    server.cut();
    put(certain("banner", "after"));
    settle();
    User ana = User.of("ana");
    assertThat(node.evaluate(ana, "banner")).isEqualTo(ours(ana, "banner"));
    assertThat(ours(ana, "banner").value()).isEqualTo("after");
  }

  @Test
  void bothAnswerTheSameButForWhatIsListed() {
    segmentIds.forEach(this::changeSegment);
    IntStream.range(0, FLAGS).forEach(i -> changeFlag("flag-" + i));
    Comparison comparison = new Comparison(server, node, this::decide, users, flags, segments);
    int same = 0;
    for (int round = 0; round < ROUNDS; round++) {
      settle();
      server.received().clear();
      same += comparison.compare();
      change();
    }
    System.out.println(
        same + " evaluations were the same; the listed differences: " + comparison.differences());
    assertThat(same).isGreaterThanOrEqualTo(LEAST);
    assertThat(comparison.differences()).containsKey(Deviation.EXPERIMENT_OF_RULE);
  }

  @Test
  void everyDifferenceThatIsListedOccurs() {
    ListedDeviations listed = new ListedDeviations();
    listed.segments().forEach(segment -> server.putSegment(Json.write(segment.json())));
    listed.cases().forEach(listedCase -> put(listedCase.flag()));
    settle();
    Set<Deviation> seen = EnumSet.of(Deviation.EXPERIMENT_OF_RULE, Deviation.TYPE);
    assertThat(listed.cases())
        .allSatisfy(
            one -> {
              seen.add(one.deviation());
              assertThat(ours(one.user(), one.flag().key())).isEqualTo(one.ours());
              assertThat(node.evaluate(one.user(), one.flag().key())).isEqualTo(one.theirs());
            });
    assertThat(seen).containsExactlyInAnyOrder(Deviation.values());
  }

  @ParameterizedTest
  @CsvSource({
    "bool, boolean, true, same",
    "bool, boolean, FALSE, same",
    "bool, boolean, yes, same",
    "bool, string, true, same",
    "bool, number, 1, same",
    "number, number, 25, same",
    "number, number, 25.5, same",
    "number, number, ' 7 ', same",
    "number, number, 1e3, same",
    "number, number, abc, same",
    "number, string, 12, same",
    "number, boolean, true, same",
    "json, json, '{\"a\":1}', same",
    "json, json, {, same",
    "string, number, 25.5, same",
    "string, json, {, same",
    "bool, string, on, '''true'', fall through all rules'",
    "number, number, '', 'the default, wrong type'",
    "number, json, 12, 'the default, wrong type'",
    "json, number, 12, 'the default, wrong type'",
    "json, boolean, true, 'the default, wrong type'",
    "json, string, true, 'the default, wrong type'"
  })
  void typedValuesAreTheSameButForWhatIsListed(
      String wanted, String type, String value, String expected) {
    Flag flag = certain("typed", value);
    put(flag.ofType(type));
    settle();
    User ana = User.of("ana");
    Answer ours = oursAs(wanted, ana);
    Answer theirs = node.evaluate(wanted, ana, "typed", DEFAULTS.get(wanted));
    if (expected.equals("same")) {
      assertThat(ours).isEqualTo(withoutDefault(theirs));
    } else {
      assertThat(ours).hasToString(expected).isNotEqualTo(withoutDefault(theirs));
    }
  }

  private static final Map<String, Object> DEFAULTS =
      Map.of("bool", false, "number", -1, "json", Map.of("d", 1), "string", "default");

  private static Answer withoutDefault(Answer answer) {
    return answer.reason().equals("wrong type") ? new Answer(null, answer.reason()) : answer;
  }

  /** What this SDK serves as bool, number, json or string. */
  private Answer oursAs(String wanted, User user) {
    FeatBitClient client = FeatBitClient.of(factory);
    EvalDetail<?> detail =
        switch (wanted) {
          case "bool" -> client.boolVariationDetail("typed", user.ours(), null);
          case "number" -> client.doubleVariationDetail("typed", user.ours(), null);
          case "json" -> client.jsonVariationDetail("typed", user.ours(), Json::parse, null);
          default -> client.variationDetail("typed", user.ours(), null);
        };
    Object value = detail.variation();
    return new Answer(value == null ? null : text(value), detail.reason());
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : value.toString();
  }

  private void change() {
    for (int i = 0; i < FLAGS / 2; i++) {
      changeFlag("flag-" + random.nextInt(FLAGS));
    }
    changeSegment(segmentIds.get(random.nextInt(SEGMENTS)));
    changeSegment(segmentIds.get(random.nextInt(SEGMENTS)));
  }

  private void changeFlag(String key) {
    put(definitions.flag(key, segmentIds));
  }

  private void changeSegment(String id) {
    Segment segment = definitions.segment(id, segmentIds);
    segments.put(id, segment);
    server.putSegment(Json.write(segment.json()));
  }

  private void put(Flag flag) {
    flags.put(flag.key(), flag);
    server.putFlag(Json.write(flag.json()));
  }

  /** Waits until both clients know the newest definitions. */
  private void settle() {
    String now = String.valueOf(server.version());
    server.putFlag(Json.write(certain(MARKER, now).json()));
    User anybody = User.of("anybody");
    await().atMost(LIMIT).until(() -> now.equals(ours(anybody, MARKER).value()));
    await().atMost(LIMIT).until(() -> now.equals(node.evaluate(anybody, MARKER).value()));
  }

  /** A flag that serves everybody one value. */
  static Flag certain(String key, String value) {
    Rule all = new Rule(List.of(), null, false, List.of(new Portion("v0", 0, 1, 1)));
    return new Flag(key, "string", List.of(value), Map.of(), List.of(), all, true, false, false);
  }

  private Answer ours(User user, String flag) {
    return Answer.ofOurs(decide(user, flag));
  }

  private Evaluation decide(User user, String flag) {
    return factory.decisions().decide(Key.of(user.key()), flag, user.asAttributes());
  }
}
