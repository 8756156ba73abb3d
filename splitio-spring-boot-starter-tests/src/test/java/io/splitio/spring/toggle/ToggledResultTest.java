package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a call answers when its flag is off, by the type of its result. */
@SuppressWarnings({"UnusedMethod", "NonApiType"}) // annotations name methods; types are the point
class ToggledResultTest {

  @FeatureToggle(flag = "off", key = "'ann'")
  static class Automatic {
    private final AtomicInteger runs = new AtomicInteger();

    @FeatureToggle(flag = "on", key = "'ann'")
    int runs() {
      return runs.get();
    }

    void nothing() {
      runs.incrementAndGet();
    }

    @Nullable Void boxedNothing() {
      runs.incrementAndGet();
      return null;
    }

    Optional<String> optional() {
      return Optional.of("new");
    }

    OptionalInt optionalInt() {
      return OptionalInt.of(1);
    }

    int number() {
      return 1;
    }

    List<String> list() {
      return List.of("new");
    }

    CompletableFuture<String> future() {
      return CompletableFuture.completedFuture("new");
    }

    CompletionStage<Void> stageOfNothing() {
      runs.incrementAndGet();
      return CompletableFuture.completedFuture(null);
    }
  }

  @FeatureToggle(flag = "off", key = "'ann'", whenOff = WhenOff.EMPTY)
  static class Empty {
    String text() {
      return "new";
    }

    List<String> list() {
      return List.of("new");
    }

    Collection<String> collection() {
      return List.of("new");
    }

    SortedSet<String> sorted() {
      throw new IllegalStateException();
    }

    ArrayList<String> arrayList() {
      throw new IllegalStateException();
    }

    Iterable<String> iterable() {
      return List.of("new");
    }

    Map<String, String> map() {
      return Map.of("a", "b");
    }

    LinkedHashMap<String, String> linked() {
      return new LinkedHashMap<>(Map.of("a", "b"));
    }

    String[] array() {
      return new String[] {"new"};
    }

    int[] numbers() {
      return new int[] {1};
    }

    Stream<String> stream() {
      return Stream.of("new");
    }

    Optional<String> optional() {
      return Optional.of("new");
    }

    CompletionStage<List<String>> stage() {
      return CompletableFuture.completedFuture(List.of("new"));
    }

    void nothing() {
      throw new IllegalStateException();
    }
  }

  @FeatureToggle(flag = "off", key = "'ann'", whenOff = WhenOff.SKIP)
  static class Skip {
    List<String> list() {
      return List.of("new");
    }

    Optional<String> optional() {
      return Optional.of("new");
    }

    Future<String> future() {
      return CompletableFuture.completedFuture("new");
    }
  }

  @FeatureToggle(flag = "on", key = "'ann'")
  static class On {
    int number() {
      return 7;
    }

    boolean truth() {
      return true;
    }

    double fraction() {
      return 0.5;
    }
  }

  static class Fallbacks {
    @FeatureToggle(flag = "off", key = "'ann'", fallbackMethod = "oldNumber")
    int number() {
      return 2;
    }

    private int oldNumber() {
      return 1;
    }

    @FeatureToggle(flag = "off", key = "'ann'", fallbackMethod = "oldStage")
    CompletionStage<String> stage() {
      return CompletableFuture.completedFuture("new");
    }

    private CompletableFuture<String> oldStage() {
      return CompletableFuture.completedFuture("old");
    }

    @FeatureToggle(flag = "off", key = "'ann'", fallbackMethod = "oldNothing")
    void nothing() {
      throw new IllegalStateException("new");
    }

    private void oldNothing() {
      throw new IllegalStateException("old");
    }

    @FeatureToggle(flag = "on", key = "'ann'")
    CompletionStage<String> failing() {
      return CompletableFuture.failedFuture(new IllegalStateException("own"));
    }

    @FeatureToggle(flag = "off", key = "'ann'", whenOff = WhenOff.THROW)
    void refusing() {}
  }

  private static <T> void visit(Class<T> type, Consumer<T> visit) {
    Shop.open(shop -> visit.accept(shop.bean(type)), type);
  }

  @Test
  void aMethodThatReturnsNothingIsLeftOut() {
    visit(
        Automatic.class,
        bean -> {
          bean.nothing();
          assertThat(bean.boxedNothing()).isNull();
          assertThat(bean.runs()).isZero();
        });
  }

  @Test
  void anOptionalIsEmpty() {
    visit(
        Automatic.class,
        bean -> {
          assertThat(bean.optional()).isEmpty();
          assertThat(bean.optionalInt()).isEmpty();
        });
  }

  @Test
  void anyOtherValueIsRefused() {
    visit(
        Automatic.class,
        bean -> {
          assertThatThrownBy(bean::number).isInstanceOf(FeatureDisabledException.class);
          assertThatThrownBy(bean::list).isInstanceOf(FeatureDisabledException.class);
        });
  }

  @Test
  void aStageIsRefusedByFailing() {
    visit(
        Automatic.class,
        bean ->
            assertThatThrownBy(() -> bean.future().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(FeatureDisabledException.class));
  }

  @Test
  void aStageOfNothingIsCompleteAndTheMethodLeftOut() {
    visit(
        Automatic.class,
        bean -> {
          assertThat(bean.stageOfNothing().toCompletableFuture().join()).isNull();
          assertThat(bean.runs()).isZero();
        });
  }

  @Test
  void emptyMeansAnEmptyContainer() {
    visit(
        Empty.class,
        bean -> {
          assertThat(bean.list()).isEmpty();
          assertThat(bean.collection()).isEmpty();
          assertThat(bean.sorted()).isEmpty();
          assertThat(bean.arrayList()).isEmpty();
          assertThat(bean.iterable()).isEmpty();
          assertThat(bean.map()).isEmpty();
          assertThat(bean.linked()).isEmpty();
          assertThat(bean.array()).isEmpty();
          assertThat(bean.numbers()).isEmpty();
          assertThat(bean.stream()).isEmpty();
          assertThat(bean.optional()).isEmpty();
        });
  }

  @Test
  void emptyMeansNullWhereNothingIsEmpty() {
    visit(
        Empty.class,
        bean -> {
          assertThat(bean.text()).isNull();
          assertThat(bean.stage().toCompletableFuture().join()).isNull();
          bean.nothing();
        });
  }

  @Test
  void emptyContainersAreNewAndMayBeFilled() {
    visit(
        Empty.class,
        bean -> {
          bean.list().add("mine");
          assertThat(bean.list()).isEmpty();
        });
  }

  @Test
  void skipMeansNullButNeverANullOptional() {
    visit(
        Skip.class,
        bean -> {
          assertThat(bean.list()).isNull();
          assertThat(bean.optional()).isEmpty();
          assertThat(bean.future()).succeedsWithin(Duration.ZERO).isNull();
        });
  }

  @Test
  void primitiveValuesPass() {
    visit(
        On.class,
        bean -> {
          assertThat(bean.number()).isEqualTo(7);
          assertThat(bean.truth()).isTrue();
          assertThat(bean.fraction()).isEqualTo(0.5);
        });
  }

  @Test
  void fallbacksAnswerInEveryShape() {
    visit(
        Fallbacks.class,
        bean -> {
          assertThat(bean.number()).isEqualTo(1);
          assertThat(bean.stage().toCompletableFuture().join()).isEqualTo("old");
          assertThatThrownBy(bean::nothing).hasMessage("old");
        });
  }

  @Test
  void aStageThatFailsByItselfPassesUnchanged() {
    visit(
        Fallbacks.class,
        bean ->
            assertThat(bean.failing().toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .withMessage("own"));
  }

  @Test
  void aMethodThatReturnsNothingIsRefusedWhereTheAnnotationSaysSo() {
    visit(
        Fallbacks.class,
        bean -> assertThatThrownBy(bean::refusing).isInstanceOf(FeatureDisabledException.class));
  }
}
