package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.DateUnit;
import io.splitio.api.SplitResult;
import io.splitio.backend.Backend;
import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.engine.Snapshot;
import io.splitio.flag.Condition;
import io.splitio.flag.FeatureFlag;
import io.splitio.telemetry.Telemetry;
import io.splitio.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // null is among what is passed in
class InMemoryTreatmentsTest {
  private final ManualScheduler scheduler = new ManualScheduler();
  private final List<Set<String>> changes = new ArrayList<>();

  private Backend connect(InMemoryTreatments treatments) {
    Backend backend =
        treatments.connect(
            new Services(
                scheduler,
                scheduler.clock(),
                new Telemetry(),
                new SyncReport(scheduler.clock()),
                (before, after) -> changes.add(after.flagsChangedSince(before)),
                Set.of(),
                DateUnit.MILLISECONDS,
                role -> Thread::new,
                () -> new Services.Machine("java-0", null, null)));
    assertThat(backend.source().start()).isCompleted();
    return backend;
  }

  private static SplitResult result(Backend backend, String key, String flag) {
    FeatureFlag compiled = Objects.requireNonNull(backend.source().held().flag(flag));
    for (Condition condition : compiled.conditions()) {
      if (condition.matches(key, key, Map.of(), new LocalhostBench.NoScope())) {
        return condition.rollout().pick(key, Map.of()).result();
      }
    }
    return compiled.outcomes().defaultRule().result();
  }

  @Test
  void servesWhatItWasMadeWith() {
    Backend backend = connect(LocalhostConnector.treatments(Map.of("checkout", "v2")));

    assertThat(backend.mode()).isEqualTo("in-memory");
    assertThat(result(backend, "ana", "checkout")).isEqualTo(new SplitResult("v2", null));
  }

  @Test
  void aChangeIsInForceAndListenersHaveHeardWhenTheMethodReturns() {
    InMemoryTreatments treatments = LocalhostConnector.treatments(Map.of());
    Backend backend = connect(treatments);

    treatments.set("f", new SplitResult("on", "{}"));
    assertThat(result(backend, "ana", "f")).isEqualTo(new SplitResult("on", "{}"));

    treatments.set("f", "off");
    assertThat(result(backend, "ana", "f")).isEqualTo(new SplitResult("off", null));
    assertThat(changes).containsExactly(Set.of("f"), Set.of("f"));
  }

  @Test
  void oneKeyCanGetSomethingElse() {
    InMemoryTreatments treatments = LocalhostConnector.treatments(Map.of("f", "off"));
    Backend backend = connect(treatments);

    treatments.setFor("ana", "f", "on").setFor("bob", "f", "blue").setFor("ana", "f", "red");
    assertThat(result(backend, "ana", "f").treatment()).isEqualTo("red");
    assertThat(result(backend, "bob", "f").treatment()).isEqualTo("blue");
    assertThat(result(backend, "eve", "f").treatment()).isEqualTo("off");

    treatments.set("f", "on");
    assertThat(result(backend, "ana", "f").treatment()).isEqualTo("on");
  }

  @Test
  void aFlagThatIsOnlyForAKeyServesControlToOthers() {
    InMemoryTreatments treatments = LocalhostConnector.treatments(Map.of());
    Backend backend = connect(treatments.setFor("ana", "f", "on"));

    assertThat(result(backend, "ana", "f").treatment()).isEqualTo("on");
    assertThat(result(backend, "eve", "f").treatment()).isEqualTo("control");
  }

  @Test
  void flagsAreForgotten() {
    InMemoryTreatments treatments =
        LocalhostConnector.treatments(Map.of("a", "on", "b", "on", "c", "on"));
    Backend backend = connect(treatments);
    Snapshot before = backend.source().held();

    treatments.remove("a").remove("unknown");
    assertThat(backend.source().held().flag("a")).isNull();
    assertThat(backend.source().held().flagCount()).isEqualTo(2);

    treatments.clear();
    assertThat(backend.source().held().flagCount()).isZero();
    assertThat(before.flagCount()).isEqualTo(3);
  }

  @Test
  void severalInstancesAreServedUntilTheyEnd() {
    InMemoryTreatments treatments = LocalhostConnector.treatments(Map.of("f", "a"));
    Backend first = connect(treatments);
    Backend second = connect(treatments);

    treatments.set("f", "b");
    assertThat(result(first, "k", "f").treatment()).isEqualTo("b");
    assertThat(result(second, "k", "f").treatment()).isEqualTo("b");

    first.source().close();
    treatments.set("f", "c");
    assertThat(result(first, "k", "f").treatment()).isEqualTo("b");
    assertThat(result(second, "k", "f").treatment()).isEqualTo("c");
  }

  @Test
  void nullsAndNamesThatNobodyCanAskForAreRefusedAndNothingIsChanged() {
    InMemoryTreatments treatments = LocalhostConnector.treatments(Map.of("f", "a"));
    Backend backend = connect(treatments);
    String longest = "f".repeat(101);

    refused(
        () -> treatments.set("f", (String) null), "the treatment of flag 'f' is null; give one");
    refused(() -> treatments.set("f", (SplitResult) null), "the treatment of flag 'f' is null");
    refused(
        () -> treatments.set("f", new SplitResult(null, "{}")), "treatment of flag 'f' is null");
    refused(() -> treatments.set("f", ""), "the treatment of flag 'f' is empty");
    refused(() -> treatments.set(null, "on"), "the flag name null is not valid; a flag name has 1");
    refused(() -> treatments.set("a b\n", "on"), "the flag name 'a b\\u000a' is not valid");
    refused(() -> treatments.set(longest, "on"), "' is not valid");
    refused(() -> treatments.setFor(null, "f", "on"), "the key is null; name the one who gets on");
    refused(() -> treatments.setFor("ana", "", "on"), "the flag name '' is not valid");
    refused(() -> treatments.setFor("ana", "f", null), "the treatment of flag 'f' is null");
    refused(() -> treatments.remove(null), "the flag name null is not valid");
    refused(() -> LocalhostConnector.treatments(null), "treatments is null; give a map");
    refused(
        () -> LocalhostConnector.treatments(Collections.singletonMap("f", null)),
        "the treatment of flag 'f' is null");

    assertThat(backend.source().held().flagCount()).isEqualTo(1);
    assertThat(result(backend, "ana", "f").treatment()).isEqualTo("a");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theFlagSetsOfTheApplicationLeaveNoneOut() {
    SplitConfig config = SplitConfig.defaults().withFlagSets(Set.of("web")).withoutShutdownHook();
    try (SplitFactory factory =
        SplitFactory.create(LocalhostConnector.treatments(Map.of("f", "a")), config)) {
      assertThat(factory.client().getTreatment("ana", "f")).isEqualTo("a");
      assertThat(factory.client().getTreatmentsByFlagSet("ana", "web")).isEmpty();
    }
  }

  @Test
  void anyThreadMayChangeTreatments() throws InterruptedException {
    InMemoryTreatments treatments = LocalhostConnector.treatments(Map.of());
    Backend backend = connect(treatments);
    CountDownLatch done = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      String name = "flag-" + i;
      new Thread(
              () -> {
                for (int n = 0; n < 250; n++) {
                  treatments.set(name, "t" + n).setFor("ana", "shared", name);
                }
                done.countDown();
              })
          .start();
    }

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(backend.source().held().flagCount()).isEqualTo(5);
    assertThat(result(backend, "k", "flag-3").treatment()).isEqualTo("t249");
  }
}
