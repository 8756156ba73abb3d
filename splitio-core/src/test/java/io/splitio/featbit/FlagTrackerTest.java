package io.splitio.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.FlagChangeListener;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.featbit.FlagTracker.FlagValueChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Listening to changes of flags (FeatBit specification 3.4). */
class FlagTrackerTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final FeatBitUser ANA = FeatBitUser.of("ana", "Ana");
  private static final FeatBitUser BEN = FeatBitUser.of("ben", "Ben");

  private static final String FULL =
      """
      {"messageType": "data-sync", "data": {"eventType": "full", "segments": [], "featureFlags": [
        {"key": "f", "updatedAt": "2026-01-01T00:00:00Z", "isEnabled": false,
         "variations": [{"id": "v", "value": "A"}], "disabledVariationId": "v"}]}}
      """;

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final FeatBitClient client;
  private final List<Object> heard = new CopyOnWriteArrayList<>();

  FlagTrackerTest() {
    server.putSegment(
        "{\"id\":\"beta\",\"included\":[],\"excluded\":[],\"rules\":[],\"updatedAt\":\"2025-03-01T10:00:00Z\"}");
    server.putFlag(
        """
        {"key":"f","variationType":"string","isEnabled":true,
         "variations":[{"id":"a","value":"A"},{"id":"b","value":"B"}],"disabledVariationId":"a",
         "targetUsers":[],"rules":[{"conditions":[{"property":"User is in segment","op":null,"value":"[\\"beta\\"]"}],
           "variations":[{"id":"b","rollout":[0,1]}]}],
         "fallthrough":{"variations":[{"id":"a","rollout":[0,1]}]},"updatedAt":"2025-03-01T10:00:00Z"}""");
    server.putFlag(
        """
        {"key":"g","isEnabled":true,"variations":[{"id":"a","value":"A"}],"disabledVariationId":"a",
         "fallthrough":{"variations":[{"id":"a","rollout":[0,1]}]},"updatedAt":"2025-03-01T10:00:00Z"}""");
    client =
        FeatBitClient.start(
            FeatBitConnector.secret(SECRET)
                .streaming(server.streaming())
                .events(server.events())
                .eventsFlushInterval(Duration.ofMillis(50)),
            SplitConfig.defaults(),
            LIMIT);
  }

  @AfterEach
  void end() {
    client.close();
    server.close();
  }

  private FlagTracker tracker() {
    return client.getFlagTracker();
  }

  private void awaitHeard(int number) {
    await().atMost(LIMIT).until(() -> heard.size() >= number);
  }

  @Test
  void aListenerHearsOfAFlagThatChangedAndNotOfTheOthers() {
    tracker().addFlagChangeListener(heard::add);
    server.turnOff("f");
    awaitHeard(1);
    assertThat(heard).containsExactly(Set.of("f"));
  }

  @Test
  void aSegmentChangesTheFlagsThatAskAboutIt() {
    tracker().addFlagChangeListener(heard::add);
    server.changeSegment("beta", Map.of("included", List.of("ana")));
    awaitHeard(1);
    assertThat(heard).containsExactly(Set.of("f"));
  }

  @Test
  void aValueListenerHearsOfAnotherValueForItsUserOnly() {
    tracker().addFlagValueChangeListener("f", BEN, change -> heard.add("ben"));
    tracker().addFlagValueChangeListener("f", ANA, heard::add);
    server.changeSegment("beta", Map.of("included", List.of("ana")));
    awaitHeard(1);
    assertThat(heard).containsExactly(new FlagValueChange("f", "A", "B"));
  }

  @Test
  void aListenerThatWasThereBeforeTheFlagsHearsOfTheFirstValue() {
    CountDownLatch listening = new CountDownLatch(1);
    FeatBitConnector connector =
        FeatBitConnector.withoutSecret()
            .withoutEvents()
            .source(
                receiver -> {
                  listening.await();
                  receiver.dataSync(FULL);
                  return () -> {};
                });
    try (SplitFactory early = SplitFactory.create(connector)) {
      FeatBitClient asked = FeatBitClient.of(early);
      asked.getFlagTracker().addFlagValueChangeListener("f", ANA, heard::add);
      listening.countDown();
      awaitHeard(1);
    }
    assertThat(heard).containsExactly(new FlagValueChange("f", null, "A"));
  }

  @RepeatedTest(5)
  void whoHearsOfTheFirstFlagsFindsTheSdkReady() {
    CompletableFuture<SplitFactory> made = new CompletableFuture<>();
    SplitConfig config =
        SplitConfig.defaults()
            .withFlagChangeListener(flags -> heard.add(made.join().status().toString()));
    FeatBitConnector connector =
        FeatBitConnector.secret(SECRET).streaming(server.streaming()).events(server.events());
    try (SplitFactory early = SplitFactory.create(connector, config)) {
      made.complete(early);
      awaitHeard(1);
    }
    assertThat(heard).containsExactly("READY");
  }

  @Test
  void anArchivedFlagHasNoValueAnyMore() {
    tracker().addFlagValueChangeListener("f", ANA, heard::add);
    server.archive("f");
    awaitHeard(1);
    assertThat(heard).containsExactly(new FlagValueChange("f", "A", null));
  }

  @Test
  void oneForEveryChangeHearsOfTheSameValueToo() {
    tracker().addFlagValueMaybeChangedListener("f", ANA, heard::add);
    server.turnOff("f");
    awaitHeard(1);
    assertThat(heard).containsExactly(new FlagValueChange("f", "A", "A"));
  }

  @Test
  void oneThatIsAddedTwiceAndRemovedOnceHearsOnce() {
    FlagChangeListener listener = heard::add;
    tracker().addFlagChangeListener(listener);
    tracker().addFlagChangeListener(listener);
    tracker().removeFlagChangeListener(listener);
    tracker().addFlagValueMaybeChangedListener("f", ANA, change -> heard.add("end"));
    server.turnOff("f");
    await().atMost(LIMIT).until(() -> heard.contains("end"));
    assertThat(heard).containsExactly(Set.of("f"), "end");
  }

  @Test
  void aValueListenerIsRemovedWithWhatItsAdditionReturned() {
    FlagChangeListener added = tracker().addFlagValueMaybeChangedListener("f", ANA, heard::add);
    tracker().removeFlagChangeListener(added);
    tracker().addFlagChangeListener(flags -> heard.add("end"));
    server.turnOff("f");
    awaitHeard(1);
    assertThat(heard).containsExactly("end");
  }

  @Test
  void evaluationsForListenersAreToldUnlessNotWanted() {
    tracker().withoutInsights().addFlagValueChangeListener("f", BEN, change -> {});
    tracker().addFlagValueChangeListener("f", ANA, change -> {});
    server.received().await(1, LIMIT);
    assertThat(server.received().events())
        .allSatisfy(event -> assertThat(event.get("user")).asString().contains("keyId=ana"));
  }

  @Test
  void aBlankKeyIsNoFlag() {
    assertThatThrownBy(() -> tracker().addFlagValueChangeListener(" ", ANA, heard::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("blank");
  }
}
