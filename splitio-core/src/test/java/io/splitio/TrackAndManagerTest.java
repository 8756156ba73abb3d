package io.splitio;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.condition;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.matcher;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.partition;
import static io.splitio.testing.JsonText.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.SplitClient;
import io.splitio.api.SplitManager;
import io.splitio.api.SplitView;
import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.record.Event;
import io.splitio.testing.Definitions;
import io.splitio.testing.KeptSinks;
import io.splitio.testing.LogCapture;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events and the manager: evaluation specification 8.6, 9.5 to 9.7 and 11. */
@SuppressWarnings("NullAway") // null is among what is passed in
class TrackAndManagerTest {
  private final LogCapture log = LogCapture.warnings();
  private final KeptSinks sinks = new KeptSinks();
  private final SplitFactory factory = sdk(Definitions.of(definitions(), sinks));
  private final SplitClient client = factory.client();
  private final SplitManager manager = factory.manager();

  @AfterEach
  void close() {
    factory.close();
    log.close();
  }

  /** What was tracked; the end of the instance brings it out. */
  private List<Event> events() {
    factory.close();
    return sinks.events();
  }

  private static SplitFactory sdk(Definitions definitions) {
    return SplitFactory.create(definitions, SplitConfig.defaults().withoutShutdownHook());
  }

  private static String definitions() {
    Map<String, Object> full =
        flag(
            "full",
            condition(
                "WHITELIST", "w", List.of(partition("v2", 0), partition("off", 100)), allKeys()),
            condition(
                "ROLLOUT", "r", List.of(partition("on", 50), partition("v2", 50)), allKeys()));
    full.put("configurations", object("on", "c", "off", null));
    full.put("sets", List.of("a", "b"));
    full.put("impressionsDisabled", true);
    full.put("prerequisites", List.of(object("n", "bare", "ts", List.of("on"))));
    Map<String, Object> bare = flag("bare");
    bare.remove("trafficTypeName");
    return changes(
        full, bare, flag("future", rollout("on", matcher("FROM_THE_FUTURE", null, false))));
  }

  @Test
  void aValidEventIsPassedOn() {
    assertThat(client.track("u", "user", "page_load")).isTrue();
    assertThat(client.track("u", "user", "page_load", 83.3)).isTrue();
    assertThat(client.track("u", "user", "page_load", Map.of("plan", "gold"))).isTrue();
    assertThat(client.track("u", "user", "page_load", 1, Map.of("plan", "gold"))).isTrue();
    assertThat(client.async().track("u", "user", "page_load", 2.0, null))
        .isCompletedWithValue(true);

    assertThat(events()).extracting(Event::value).containsExactly(null, 83.3, null, 1.0, 2.0);
    assertThat(events().get(2).properties()).isEqualTo(Map.of("plan", "gold"));
    assertThat(events().get(0).properties()).isEmpty();
    assertThat(events().get(0).time()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "u,null,e,false",
        "u,'',e,false",
        "u,user,null,false",
        "u,user,'',false",
        "null,user,e,false",
        "'',user,e,false",
        "u,' ',e,true",
        "u,user,-e,false",
        "u,user,e e,false",
        "u,user,é,false",
        "u,user,'e\n',false",
        "u,user,9a-_.:Z,true"
      })
  void eventsAreChecked(String key, String trafficType, String eventType, boolean accepted) {
    assertThat(client.track(key, trafficType, eventType)).isEqualTo(accepted);
    assertThat(events()).hasSize(accepted ? 1 : 0);
    assertThat(log.lines())
        .filteredOn(line -> !line.contains("does not have any corresponding feature flags"))
        .hasSize(accepted ? 0 : 1);
  }

  @Test
  void aTrafficTypeThatNoFlagHasIsToldOnceAndSentAllTheSame() {
    assertThat(client.track("u", "Usr", "e")).isTrue();
    assertThat(client.track("u", "usr", "e")).isTrue();

    assertThat(events()).extracting(Event::trafficType).containsExactly("usr", "usr");
    assertThat(log.lines())
        .filteredOn(line -> line.contains("corresponding"))
        .singleElement()
        .asString()
        .startsWith("WARN track: traffic type 'usr' does not have any corresponding feature flags");
  }

  @Test
  void trafficTypesAreNotKnownBeforeItIsReadyNorFromLocalFlags() {
    try (SplitFactory early = sdk(Definitions.of(definitions()).neverReady());
        SplitFactory memory = local(LocalhostConnector.treatments(Map.of("a", "on")));
        SplitFactory file = local(LocalhostConnector.content(".split", "a on"))) {
      file.ready().orTimeout(10, TimeUnit.SECONDS).join();
      for (SplitFactory factory : List.of(early, memory, file)) {
        assertThat(factory.client().track("u", "usr", "e")).isTrue();
      }
    }
    assertThat(log.lines()).allMatch(line -> line.contains("SplitFactory"));
  }

  private static SplitFactory local(Connector connector) {
    return SplitFactory.create(connector, SplitConfig.defaults().withoutShutdownHook());
  }

  @Test
  void lengthsAreLimited() {
    assertThat(client.track("k".repeat(250), "user", "e".repeat(80))).isTrue();
    assertThat(client.track("k".repeat(251), "user", "e")).isFalse();
    assertThat(client.track("k", "user", "e".repeat(81))).isFalse();
  }

  @Test
  void trafficTypesAreSentInLowerCase() {
    assertThat(client.track("u", "USER", "e")).isTrue();

    assertThat(events().get(0).trafficType()).isEqualTo("user");
    assertThat(log.lines()).singleElement().asString().startsWith("WARN");
  }

  @Test
  void propertiesAreCheckedAndMeasured() {
    Map<String, Object> odd = new HashMap<>();
    odd.put("list", List.of());
    odd.put("nothing", null);
    odd.put("", "x");
    assertThat(client.track("u", "user", "e", odd)).isTrue();

    assertThat(client.track("u", "user", "e", Map.of("k", "v".repeat(31_743)))).isTrue();
    assertThat(client.track("u", "user", "e", Map.of("k", "v".repeat(31_744)))).isFalse();
    Map<String, Object> many = new HashMap<>();
    for (int i = 0; i <= 300; i++) {
      many.put("p" + i, i);
    }
    assertThat(client.track("u", "user", "e", many)).isTrue();
    assertThat(log.lines()).filteredOn(line -> line.contains("more than 300")).hasSize(1);
    assertThat(events().get(0).properties())
        .hasSize(2)
        .containsEntry("list", null)
        .containsKey("nothing");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aValueThatIsNoFiniteNumberIsRejected(double value) {
    assertThat(client.track("u", "user", "e", value)).isFalse();
    assertThat(client.track("u", "user", "e", Double.MAX_VALUE)).isTrue();

    assertThat(events()).extracting(Event::value).containsExactly(Double.MAX_VALUE);
    assertThat(log.lines()).singleElement().asString().contains("the value is " + value);
  }

  @Test
  void numbersAreWhatTheyWereWhenTheyWereTracked() {
    AtomicInteger changed = new AtomicInteger(7);
    LongAdder added = new LongAdder();
    added.add(Long.MAX_VALUE);
    BigDecimal exact = new BigDecimal("0.1");
    assertThat(
            client.track(
                "u", "user", "e", Map.of("changed", changed, "added", added, "exact", exact)))
        .isTrue();
    changed.set(999);
    added.reset();

    assertThat(events().get(0).properties())
        .isEqualTo(Map.of("changed", 7L, "added", Long.MAX_VALUE, "exact", exact));
  }

  @Test
  void aNumberThatCannotBeSentIsSentAsNullAndHoldsUpNothing() {
    Number deep = number(fraction -> fraction.doubleValue() + 1);
    Number failing =
        number(
            fraction -> {
              throw new IllegalStateException("on purpose");
            });
    BigInteger huge = BigInteger.TEN.pow(2_000);
    Map<String, Object> odd = Map.of("deep", deep, "failing", failing, "huge", huge, "nan", 0f / 0);
    assertThat(client.track("u", "user", "e", odd)).isTrue();

    assertThat(events().get(0).properties()).hasSize(4);
    assertThat(events().get(0).properties().values()).containsOnlyNulls();
    assertThat(log.lines()).hasSize(4).allMatch(line -> line.contains("null is sent"));
  }

  private static Number number(ToDoubleFunction<Number> value) {
    return new Number() {
      private static final long serialVersionUID = 1;

      @Override
      public int intValue() {
        return 1;
      }

      @Override
      public long longValue() {
        return 1;
      }

      @Override
      public float floatValue() {
        return 1;
      }

      @Override
      public double doubleValue() {
        return value.applyAsDouble(this);
      }
    };
  }

  @Test
  void aFullQueueMakesTrackFalse() {
    KeptSinks stuck = new KeptSinks().answering(what -> new CompletableFuture<>());
    SplitConfig config =
        SplitConfig.defaults()
            .withoutShutdownHook()
            .withEventsQueueSize(1)
            .withShutdownTimeout(Duration.ofMillis(1));
    try (SplitFactory full = SplitFactory.create(Definitions.of(definitions(), stuck), config)) {
      assertThat(full.client().track("u", "user", "e")).isTrue();
      assertThat(full.client().track("u", "user", "e")).isFalse();
    }
  }

  @Test
  void aViewShowsAllFields() {
    assertThat(manager.split("full"))
        .isEqualTo(
            new SplitView(
                "full",
                "user",
                false,
                List.of("v2", "on", "off"),
                7,
                Map.of("on", "c"),
                Set.of("a", "b"),
                "off",
                true,
                List.of(new SplitView.Prerequisite("bare", List.of("on")))));
  }

  @Test
  void whatADefinitionDoesNotSayIsEmpty() {
    assertThat(manager.split("bare"))
        .isEqualTo(
            new SplitView(
                "bare",
                null,
                false,
                List.of("off"),
                7,
                Map.of(),
                Set.of(),
                "off",
                false,
                List.of()));
  }

  @Test
  void aFlagThatIsNotSupportedServesControlOrItsDefault() {
    assertThat(manager.split("future")).isNotNull();
    assertThat(manager.split("future").treatments()).containsExactly("control", "off");
  }

  @Test
  void allFlagsAreListed() {
    assertThat(manager.splitNames()).containsExactlyInAnyOrder("full", "bare", "future");
    assertThat(manager.splits())
        .extracting(SplitView::name)
        .containsExactlyInAnyOrder("full", "bare", "future");
    assertThat(manager.async().splitNames().join()).hasSize(3);
    assertThat(manager.async().splits().join()).hasSize(3);
    assertThat(manager.async().split("bare").join()).isPresent();
  }

  @Test
  void namesAreTrimmedAndUnknownOnesTold() {
    assertThat(manager.split(" bare ")).isNotNull();
    assertThat(manager.split("nope")).isNull();
    assertThat(manager.split("")).isNull();
    assertThat(manager.split("bad#name")).isNull();
    assertThat(log.lines()).filteredOn(line -> line.contains("does not exist")).hasSize(1);
    assertThat(log.lines()).filteredOn(line -> line.startsWith("ERROR split:")).hasSize(2);
  }

  @Test
  void beforeItIsReadyTheManagerShowsWhatIsThere() {
    try (SplitFactory early = sdk(Definitions.of(definitions()).neverReady())) {
      assertThat(early.manager().splitNames()).hasSize(3);
      assertThat(early.manager().split("nope")).isNull();
    }
    assertThat(log.lines()).filteredOn(line -> line.contains("not ready")).hasSize(2);
    assertThat(log.lines()).noneMatch(line -> line.contains("does not exist"));
  }
}
