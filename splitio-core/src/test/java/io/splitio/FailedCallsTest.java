package io.splitio;

import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.listed;
import static io.splitio.testing.JsonText.rollout;
import static io.splitio.testing.JsonText.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.telemetry.Call;
import io.splitio.testing.Definitions;
import io.splitio.testing.Hostile;
import io.splitio.testing.KeptSinks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls in which something failed, as telemetry reports them (protocol specification 10.2). */
class FailedCallsTest {
  private static final Map<String, Object> BAD =
      Hostile.map(() -> new IllegalStateException("on purpose"));

  private final KeptSinks sinks = new KeptSinks();

  /** What the last report says of failed calls. */
  private Map<Call, Long> failed(Consumer<SplitClient> calls) {
    String definitions =
        changes(
            picky("a"),
            picky("b"),
            with(flag("c", rollout("on", listed("WHITELIST", null, false, List.of()))), "x", 1));
    try (SplitFactory factory =
        SplitFactory.create(
            Definitions.of(definitions, sinks), SplitConfig.defaults().withoutShutdownHook())) {
      calls.accept(factory.client());
    }
    return sinks.usages().get(sinks.usages().size() - 1).interval().methodExceptions();
  }

  /** A flag that looks at an attribute. */
  private static Map<String, Object> picky(String name) {
    Map<String, Object> flag =
        flag(name, rollout("on", listed("WHITELIST", "plan", false, List.of("pro"))));
    return with(flag, "sets", List.of("s"));
  }

  private static TreatmentRequest several(Method method, Map<String, Object> attributes) {
    List<String> names = method.asksBySet() ? List.of("s") : Arrays.asList("a", "b", "c");
    return new TreatmentRequest(method, Key.of("u"), names, attributes, null);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void everyMethodCountsACallOnceHoweverManyFlagsFailed(Method method) {
    boolean one = method == Method.TREATMENT || method == Method.TREATMENT_WITH_CONFIG;
    assertThat(
            failed(
                client -> {
                  AsyncSplitClient later = client.async();
                  if (one) {
                    client.evaluate(method, Key.of("u"), "a", BAD, null);
                    later.evaluate(method, Key.of("u"), "a", BAD, null).join();
                  } else {
                    client.evaluate(several(method, BAD), evaluation -> evaluation);
                    later.evaluate(several(method, BAD), evaluation -> evaluation).join();
                  }
                }))
        .containsExactly(Map.entry(Call.of(method), 2L));
  }

  @Test
  void aCallWithoutFailureIsNotCounted() {
    assertThat(
            failed(
                client ->
                    client.evaluate(
                        several(Method.TREATMENTS, Map.of("plan", "pro")), answer -> answer)))
        .isEmpty();
  }

  @Test
  void anEventThatCouldNotBeTakenIsCounted() {
    assertThat(
            failed(
                client -> {
                  client.track("u", "user", "purchase", BAD);
                  client.async().track("u", "user", "purchase", BAD).join();
                }))
        .containsExactly(Map.entry(Call.TRACK, 2L));
  }

  @Test
  void aViewThatFailsCountsOnceThoughAFlagFailedToo() {
    assertThat(
            failed(
                client ->
                    client.evaluate(
                        several(Method.TREATMENTS, BAD),
                        answer -> {
                          throw new IllegalStateException("on purpose");
                        })))
        .containsExactly(Map.entry(Call.TREATMENTS, 1L));
  }
}
