package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.featbit.FeatBitClient;
import io.splitio.testing.LogCapture;
import io.splitio.testing.SdkThreadsAlive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Definitions that an application keeps in a store of its own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnStoreTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String CHECKOUT = "checkout-redesign";
  private static final String SEGMENT = "segment/7d0c1a52-4e8b-4b1f-8a34-90f1c2d3e4a5";

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final Shelf shelf = new Shelf();
  private @Nullable SplitFactory factory;

  private FeatBitConnector connector() {
    return FeatBitConnector.secret(SECRET)
        .streaming(server.streaming())
        .events(server.events())
        .firstRetryDelay(Duration.ofMillis(150))
        .store(shelf);
  }

  private SplitFactory start(SplitConfig config) {
    SplitFactory made = SplitFactory.create(connector(), config);
    factory = made;
    return made;
  }

  private SplitFactory start() {
    return start(SplitConfig.defaults());
  }

  /** The environment of the worked example, kept as it is at first. */
  private void keepExample() {
    server.load(resource("full.json"));
    for (String key : List.of(CHECKOUT, "banner-text", "rate-limit")) {
      shelf.kept.put("flag/" + key, server.flag(key));
    }
    shelf.kept.put(SEGMENT, server.segment(SEGMENT.substring(8)));
  }

  private SplitFactory loaded() throws Exception {
    server.load(resource("full.json"));
    SplitFactory made = start();
    made.blockUntilReady(LIMIT);
    awaitKept("flag/rate-limit");
    return made;
  }

  private void awaitKept(String id) {
    await().atMost(LIMIT).until(() -> shelf.kept.containsKey(id));
  }

  @AfterEach
  void end() {
    shelf.loading.countDown();
    shelf.writing.countDown();
    if (factory != null) {
      factory.destroy();
    }
    server.close();
  }

  private static String treatment(SplitFactory of, String user, String flag) {
    return of.client().getTreatment(user, flag, WorkedExample.USERS.getOrDefault(user, Map.of()));
  }

  private static void awaitServed(SplitFactory of, String flag, String treatment) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(treatment(of, "carol", flag)).isEqualTo(treatment));
  }

  private static FeatBitState state(SplitFactory of) {
    return FeatBitClient.of(of).getDataUpdateStatusProvider().getState();
  }

  private static void awaitStatus(SplitFactory of, SdkStatus status) {
    await().atMost(LIMIT).until(() -> of.status() == status);
  }

  @Test
  void withoutFeatBitWhatWasKeptIsServedUntilItComes() throws Exception {
    keepExample();
    server.refuse(503);
    SplitFactory made = start();
    made.blockUntilReady(LIMIT);
    assertThat(made.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
    assertThat(state(made).type()).isEqualTo(FeatBitState.Type.INITIALIZING);
    assertThat(treatment(made, "carol", CHECKOUT)).isEqualTo("true"); // by the segment
    assertThat(shelf.calls).containsExactly("load");

    server.turnOff(CHECKOUT);
    server.putFlag(server.flag("rate-limit").replace("rate-limit", "added"));
    shelf.kept.put("flag/gone", server.flag("rate-limit"));
    server.refuse(0);
    awaitStatus(made, SdkStatus.READY);
    assertThat(state(made).type()).isEqualTo(FeatBitState.Type.OK);
    assertThat(treatment(made, "carol", CHECKOUT)).isEqualTo("false");
    assertThat(server.frames().get(0)).contains("\"timestamp\":0}");
    await().atMost(LIMIT).until(() -> !shelf.kept.containsKey("flag/gone"));
    assertThat(shelf.calls)
        .containsExactly(
            "load",
            "replace [flag/added, flag/banner-text, flag/checkout-redesign, flag/rate-limit, "
                + SEGMENT
                + "]");
    awaitKept("flag/added");
    assertThat(shelf.kept.get("flag/" + CHECKOUT)).isEqualTo(server.flag(CHECKOUT));
  }

  @Test
  void whoWaitsForAServerThatIsSilentGoesOnWithWhatWasKept() throws Exception {
    keepExample();
    server.mute(true);
    SplitFactory made = start();
    made.blockUntilReady(LIMIT);
    assertThat(made.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
  }

  @Test
  void aPatchKeepsItsNewsOnlyAsItWasSent() throws Exception {
    SplitFactory made = loaded();
    assertThat(shelf.calls).hasSize(2);
    String before = shelf.kept.get("flag/" + CHECKOUT);
    server.send(resource("patch.json"));
    await().atMost(LIMIT).until(() -> shelf.calls.size() == 3);
    assertThat(shelf.calls.get(2))
        .isEqualTo("put [flag/banner-text, flag/rate-limit, " + SEGMENT + "]");
    awaitServed(made, "banner-text", "control");
    await().atMost(LIMIT).until(() -> shelf.kept.get(SEGMENT).contains("\"walter\""));
    assertThat(shelf.kept.get("flag/" + CHECKOUT)).isEqualTo(before);
    assertThat(shelf.kept.get("flag/banner-text"))
        .startsWith("{\n    \"id\": \"11111111-aaaa-4000-8000-000000000002\"")
        .contains("\"isArchived\": true")
        .endsWith("\"2025-03-02T08:00:12.250Z\"\n   }");
    assertThat(resource("patch.json"))
        .contains(shelf.kept.values().stream().filter(v -> v.contains("\n")).toList());
  }

  @Test
  void anArchivedFlagIsKeptAndNotServed() throws Exception {
    keepExample();
    server.archive("banner-text");
    shelf.kept.put("flag/banner-text", server.flag("banner-text"));
    server.refuse(503);
    SplitFactory made = start();
    made.blockUntilReady(LIMIT);
    assertThat(treatment(made, "carol", "banner-text")).isEqualTo("control");
    assertThat(treatment(made, "carol", CHECKOUT)).isEqualTo("true");
    server.refuse(0);
    awaitStatus(made, SdkStatus.READY);
    await().atMost(LIMIT).until(() -> shelf.calls.size() == 2);
    assertThat(shelf.calls.get(1)).contains("flag/banner-text");
  }

  @Test
  void whatCannotBeReadIsToldAndSpoilsNothingElse() throws Exception {
    keepExample();
    shelf.kept.put("flag/rate-limit", "{\"key\":");
    server.refuse(503);
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory made = start();
      made.blockUntilReady(LIMIT);
      assertThat(treatment(made, "carol", CHECKOUT)).isEqualTo("true");
      assertThat(treatment(made, "carol", "rate-limit")).isEqualTo("control");
      assertThat(log.lines()).contains("WARN Left out: flag/rate-limit: it cannot be read as JSON");
    }
  }

  @Test
  void whatAFullSetHasButCannotBeReadStaysAsItWasKept() throws Exception {
    keepExample();
    String kept = server.flag(CHECKOUT);
    server.load(
        resource("full.json")
            .replace("\"variations\":[{\"id\":\"co-on\"", "\"variations\":[5,{\"id\":\"co-on\""));
    SplitFactory made = start();
    await().atMost(LIMIT).until(() -> state(made).type() == FeatBitState.Type.OK);
    await().atMost(LIMIT).until(() -> shelf.calls.size() > 1);

    assertThat(treatment(made, "carol", CHECKOUT)).isEqualTo("true");
    assertThat(shelf.kept).containsEntry("flag/" + CHECKOUT, kept).hasSize(4);
  }

  @Test
  void aStoreThatThrowsLosesNothing() throws Exception {
    shelf.failures.set(2);
    SplitFactory made = loaded();
    server.turnOff(CHECKOUT);
    awaitServed(made, CHECKOUT, "false");
    await()
        .atMost(LIMIT)
        .until(() -> server.flag(CHECKOUT).equals(shelf.kept.get("flag/" + CHECKOUT)));
    assertThat(shelf.kept).hasSize(4);
    assertThat(state(made).type()).isEqualTo(FeatBitState.Type.OK);
  }

  @Test
  void aStoreThatHangsHoldsUpNobody() throws Exception {
    shelf.loading = new CountDownLatch(1);
    server.load(resource("full.json"));
    SplitFactory made = start();
    made.blockUntilReady(LIMIT);
    assertThat(made.status()).isEqualTo(SdkStatus.READY);
    server.turnOff(CHECKOUT);
    awaitServed(made, CHECKOUT, "false");
    assertThat(shelf.calls).containsExactly("load");
    shelf.kept.put("flag/late", server.flag(CHECKOUT).replace(CHECKOUT, "late"));
    shelf.writing = new CountDownLatch(1);
    shelf.loading.countDown();
    await().atMost(LIMIT).until(() -> shelf.calls.size() == 2); // of all that came meanwhile
    assertThat(made.status()).isEqualTo(SdkStatus.READY);
    assertThat(treatment(made, "carol", CHECKOUT)).isEqualTo("false");
    assertThat(treatment(made, "carol", "late")).isEqualTo("control");
    server.turnOn(CHECKOUT);
    awaitServed(made, CHECKOUT, "true");
    long start = System.nanoTime();
    made.destroy();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aRefusalIsToldWhenNothingWasKeptAndNotDelayedByAStoreThatHangs() throws Exception {
    shelf.loading = new CountDownLatch(1);
    server.closeNext(100, 4003, "refused");
    SplitFactory made = start();
    assertThatThrownBy(() -> made.blockUntilReady(Duration.ofDays(1)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("refuses the connection");
    assertThat(made.ready()).failsWithin(LIMIT);
  }

  @Test
  void aRefusalEndsNoWaitingForWhatIsAboutToBeInForce() throws Exception {
    keepExample();
    shelf.loading = new CountDownLatch(1);
    server.closeNext(100, 4003, "refused");
    SplitFactory made = start();
    await().atMost(LIMIT).until(() -> made.health().problem() != null);
    shelf.loading.countDown();
    made.blockUntilReady(LIMIT);
    assertThat(made.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
    assertThat(treatment(made, "carol", CHECKOUT)).isEqualTo("true");
  }

  @Test
  void listenersHearOfWhatWasKeptAndThenOfTheDifference() throws Exception {
    keepExample();
    server.refuse(503);
    List<Set<String>> heard = new CopyOnWriteArrayList<>();
    SplitFactory made = start(SplitConfig.defaults().withFlagChangeListener(heard::add));
    await().atMost(LIMIT).until(() -> heard.size() == 1);
    server.turnOff("rate-limit");
    server.refuse(0);
    awaitStatus(made, SdkStatus.READY);
    await().atMost(LIMIT).until(() -> heard.size() == 2);
    assertThat(heard)
        .containsExactly(Set.of(CHECKOUT, "banner-text", "rate-limit"), Set.of("rate-limit"));
  }

  @Test
  void whatIsKeptFollowsAfterASuspensionThatLeavesNothingRunning() throws Exception {
    SdkThreadsAlive threads = new SdkThreadsAlive();
    SplitFactory made = loaded();
    shelf.writing = new CountDownLatch(1);
    server.turnOff(CHECKOUT);
    await().atMost(LIMIT).until(() -> shelf.calls.size() == 3);
    made.suspend();
    threads.awaitNone();
    shelf.writing.countDown();
    made.resume();
    await()
        .atMost(LIMIT)
        .until(() -> server.flag(CHECKOUT).equals(shelf.kept.get("flag/" + CHECKOUT)));
    server.turnOn(CHECKOUT);
    await()
        .atMost(LIMIT)
        .until(() -> server.flag(CHECKOUT).equals(shelf.kept.get("flag/" + CHECKOUT)));
  }

  @Test
  void theEndWritesWhatWaits() throws Exception {
    SdkThreadsAlive threads = new SdkThreadsAlive();
    server.load(resource("full.json"));
    SplitFactory made = SplitFactory.create(connector().firstRetryDelay(Duration.ofSeconds(60)));
    factory = made;
    awaitKept("flag/rate-limit");
    shelf.failures.set(1);
    server.turnOff(CHECKOUT);
    await()
        .atMost(LIMIT)
        .until(() -> shelf.failures.get() == 0 && !threads.names().toString().contains("store"));
    made.destroy();
    assertThat(shelf.kept.get("flag/" + CHECKOUT)).isEqualTo(server.flag(CHECKOUT));
  }

  @Test
  void aSourceOfTheApplicationMayHaveAStoreToo() throws Exception {
    SdkThreadsAlive threads = new SdkThreadsAlive();
    keepExample();
    List<DefinitionSource.Receiver> opened = new CopyOnWriteArrayList<>();
    DefinitionSource source =
        receiver -> {
          opened.add(receiver);
          receiver.interrupted("the broker is away");
          return () -> {};
        };
    SplitFactory made =
        SplitFactory.create(OwnPartsTest.between(source, batch -> true).store(shelf));
    factory = made;
    made.blockUntilReady(LIMIT);
    assertThat(made.status()).isEqualTo(SdkStatus.READY_FROM_CACHE);
    assertThat(opened.get(0).version()).isZero();
    server.turnOff(CHECKOUT);
    String message =
        "\uFEFF"
            + full(
                "\n"
                    + server.flag(CHECKOUT)
                    + " ,{\"key\":\"a\uD83D\uDE00\\u00e9\\\"\",\"updatedAt\":\"2025-03-01T10:00:00Z\",\"tags\":[\""
                    + "\u20AC".repeat(50_000)
                    + "\"]}");
    opened.get(0).dataSync(message);
    awaitStatus(made, SdkStatus.READY); // it may be taken in by another thread
    assertThat(treatment(made, "carol", CHECKOUT)).isEqualTo("false");
    awaitKept("flag/a\uD83D\uDE00\u00e9\"");
    assertThat(shelf.kept).hasSize(2).containsEntry("flag/" + CHECKOUT, server.flag(CHECKOUT));
    assertThat(shelf.kept.get("flag/a\uD83D\uDE00\u00e9\""))
        .startsWith("{\"key\":\"a\uD83D\uDE00\\u00e9")
        .endsWith("\u20AC\"]}");
    shelf.writing = new CountDownLatch(1);
    server.turnOn(CHECKOUT);
    String patch = full(server.flag(CHECKOUT)).replace("full", "patch");
    opened.get(0).dataSync(patch);
    await().atMost(LIMIT).until(() -> shelf.calls.size() == 3);
    opened.get(0).dataSync(patch); // which is no news
    shelf.writing.countDown();
    await().atMost(LIMIT).until(() -> !threads.names().toString().contains("store"));
    assertThat(shelf.calls).hasSize(3).last().isEqualTo("put [flag/" + CHECKOUT + "]");
  }

  private static String full(String flags) {
    return "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"full\",\"featureFlags\":["
        + flags
        + "]}}";
  }

  @Test
  void anotherEnvironmentHasNoneOfIt() throws Exception {
    keepExample();
    SplitFactory made = SplitFactory.create(connector().withSecret(SECRET.replace('H', 'h')));
    factory = made;
    await().atMost(LIMIT).until(() -> made.health().problem() != null);
    assertThat(made.status()).isEqualTo(SdkStatus.NOT_READY);
    assertThat(shelf.calls).isEmpty();
  }
}
