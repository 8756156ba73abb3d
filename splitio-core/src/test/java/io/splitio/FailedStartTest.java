package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.backend.Backend;
import io.splitio.testing.LogCapture;
import io.splitio.testing.SdkThreadsAlive;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An instance that cannot be made or started leaves nothing behind. */
class FailedStartTest {
  private static final SplitConfig CONFIG =
      SplitConfig.defaults().withImpressionListener(impression -> {});

  private final SdkThreadsAlive threads = new SdkThreadsAlive();

  private static void fail() {
    throw new IllegalStateException("no start today");
  }

  /** Every way to fail: before there is a backend, by the backend, and after it. */
  static List<Supplier<StubConnector>> failing() {
    return List.of(
        () ->
            new StubConnector()
                .connecting(
                    services -> {
                      services.scheduler().execute(() -> {});
                      throw new IllegalStateException("no start today");
                    }),
        () -> new StubConnector().starting(FailedStartTest::fail),
        () -> new StubConnector().connecting(services -> nothing()),
        () -> {
          StubConnector connector = new StubConnector();
          return connector.connecting(services -> new Backend("stub", connector, nothing()));
        });
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // a bad connector gives null
  private static <T> T nothing() {
    return null;
  }

  @ParameterizedTest
  @MethodSource("failing")
  void noThreadIsLeft(Supplier<StubConnector> failing) {
    assertThatThrownBy(() -> SplitFactory.create(failing.get(), CONFIG))
        .isInstanceOf(RuntimeException.class);

    threads.awaitNone();
  }

  @ParameterizedTest
  @MethodSource("failing")
  void noInstanceIsCounted(Supplier<StubConnector> failing) {
    assertThatThrownBy(() -> SplitFactory.create(failing.get(), CONFIG))
        .isInstanceOf(RuntimeException.class);

    try (LogCapture log = LogCapture.warnings();
        SplitFactory next = SplitFactory.create(new StubConnector(), CONFIG)) {
      assertThat(next.isDestroyed()).isFalse();
      assertThat(log.lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("failing")
  void noShutdownHookKeepsItsParts(Supplier<StubConnector> failing) {
    awaitForgotten(partOfAFailedStart(failing));
  }

  @Test
  void noShutdownHookKeepsThePartsOfAnInstanceThatEnded() {
    awaitForgotten(partOfAnInstanceThatEnded());
  }

  private static void awaitForgotten(WeakReference<?> part) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return part.get() == null;
            });
  }

  /** A part that the hook would keep, and nothing else does. */
  private static WeakReference<?> partOfAFailedStart(Supplier<StubConnector> failing) {
    StubConnector connector = failing.get();
    assertThatThrownBy(() -> SplitFactory.create(connector, CONFIG))
        .isInstanceOf(RuntimeException.class);
    return new WeakReference<>(connector.lent().scheduler());
  }

  private static WeakReference<?> partOfAnInstanceThatEnded() {
    StubConnector connector = new StubConnector();
    SplitFactory.create(connector, CONFIG).destroy();
    return new WeakReference<>(connector.lent().scheduler());
  }

  @Test
  void aSourceThatFailsToStartIsClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    StubConnector connector =
        new StubConnector().starting(FailedStartTest::fail).closing(() -> closed.set(true));

    assertThatThrownBy(() -> SplitFactory.create(connector, CONFIG)).hasMessage("no start today");
    assertThat(closed).isTrue();
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void aMissingArgumentIsNamed() {
    assertThatThrownBy(() -> SplitFactory.create((StubConnector) null, CONFIG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("connector is null; ");
    assertThatThrownBy(() -> SplitFactory.create(new StubConnector(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("config is null; ");
    assertThat(threads.names()).isEqualTo(Set.of());
  }
}
