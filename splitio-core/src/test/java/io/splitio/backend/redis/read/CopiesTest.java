package io.splitio.backend.redis.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Definitions that cannot be made, whatever the reason. */
class CopiesTest {
  private static final long LONG = Duration.ofMinutes(5).toNanos();

  private final Copies<String> copies =
      new Copies<>(name -> "SPLITIO.split." + name, CopiesTest::compiled, LONG, new Push());

  private static String compiled(String name, byte[] stored) {
    String text = new String(stored, UTF_8);
    if (text.equals("bad")) {
      throw new NoClassDefFoundError("half a deployment");
    }
    return text;
  }

  @Test
  void anErrorSpoilsOneNameAndNotThoseThatWereAskedForWithItNorTheNextAttempt() {
    List<Copies<String>.Loading> begun = new ArrayList<>();
    CompletableFuture<Copy<String>> bad = copies.load("one", begun::add);
    CompletableFuture<Copy<String>> good = copies.load("other", begun::add);

    begun.get(0).arrived("bad".getBytes(UTF_8));
    begun.get(1).arrived("good".getBytes(UTF_8));

    assertThat(bad).isCompletedExceptionally();
    assertThat(good.join().definition()).isEqualTo("good");
    CompletableFuture<Copy<String>> again = copies.load("one", begun::add);
    assertThat(begun).hasSize(3);
    begun.get(2).arrived("mended".getBytes(UTF_8));
    assertThat(again.join().definition()).isEqualTo("mended");
  }

  /** What is asked for, still on its way. */
  private Copies<String>.Loading asked(String name) {
    List<Copies<String>.Loading> begun = new ArrayList<>();
    CompletableFuture<?> unused = copies.load(name, begun::add);
    return begun.get(0);
  }

  private static byte[] stored(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void whatMayHaveChangedOnItsWayIsTheLastKnownAndAskedForAgain() {
    Copies<String>.Loading one = asked("one");
    copies.outdated();

    one.arrived(stored("of before"));

    assertThat(copies.fresh("one")).isNull();
    assertThat(copies.last("one").definition()).isEqualTo("of before");
    assertThat(copies.last("one").isOutdated()).isTrue();
  }

  @Test
  void whatMayHaveChangedOnItsWayIsNotKeptInThePlaceOfWhatWasAskedForLater() {
    Copies<String>.Loading one = asked("one");
    copies.outdated("one");
    asked("one").arrived(stored("now"));

    one.arrived(stored("of before"));

    assertThat(copies.last("one").definition()).isEqualTo("now");
    assertThat(copies.last("one").isOutdated()).isFalse();
  }

  @Test
  void whatMayHaveChangedOnItsWayIsNotKeptInThePlaceOfNothing() {
    Copies<String>.Loading one = asked("one");
    copies.outdated("one");
    asked("one").arrived(null);

    one.arrived(stored("of before"));

    assertThat(copies.last("one").isAbsent()).isTrue();
  }

  @Test
  void thatSomethingWasNotThereIsNotKeptWhenItMayHaveChanged() {
    asked("one").arrived(stored("one"));
    Copies<String>.Loading none = asked("one");
    Copies<String>.Loading never = asked("other");
    copies.outdated();

    none.arrived(null);
    never.arrived(null);

    assertThat(copies.last("one").definition()).isEqualTo("one");
    assertThat(copies.last("other")).isNull();
  }
}
