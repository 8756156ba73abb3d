package io.splitio.spring.toggle.plan;

import io.splitio.spring.toggle.FeatureDisabledException;
import io.splitio.spring.toggle.read.Problem;
import io.splitio.spring.toggle.read.ToggledMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** How a method hands over its result, and so when it is decided and what an empty one is. */
interface Shape {

  /** Decides the call, at once or at each subscription. */
  @Nullable Object run(TogglePlan plan, Call call) throws Throwable;

  /** Refuses the call, by throwing or by a result that fails. */
  @Nullable Object refused(FeatureDisabledException e);

  /** Whether a call that is left out is missed by nobody: nothing, or an {@code Optional}. */
  boolean mayBeSkipped();

  /**
   * The answer for nothing done.
   *
   * @throws Problem when the type has no such value
   */
  Branch skip();

  /**
   * The empty answer.
   *
   * @throws Problem when the type has no such value
   */
  Branch empty();

  /** The shape of a method's result. */
  static Shape of(ToggledMethod toggled) {
    if (KotlinDetector.isSuspendingFunction(toggled.method())) {
      return Suspending.of(toggled.method());
    }
    ResolvableType type = toggled.returnType();
    Class<?> raw = type.resolve(Object.class);
    if (raw != Object.class && raw.isAssignableFrom(CompletableFuture.class)) {
      return new Stage(type.getGeneric(0).resolve() == Void.class);
    }
    ReactiveAdapter adapter =
        mayBeReactive(raw) ? ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw) : null;
    return adapter == null ? new Plain(raw) : Reactive.of(type, adapter);
  }

  /** Spring's registry loads all of Reactor, so it is not asked about a text or a list. */
  private static boolean mayBeReactive(Class<?> type) {
    boolean ofJava = type.isPrimitive() || type.isArray() || type.getName().startsWith("java.");
    return !ofJava
        || CompletionStage.class.isAssignableFrom(type)
        || Flow.Publisher.class.isAssignableFrom(type);
  }

  /** Whether Reactor is there. */
  static boolean hasReactor() {
    return ClassUtils.isPresent("reactor.core.publisher.Flux", Shape.class.getClassLoader());
  }

  /** A value, or nothing: decided when called. */
  record Plain(Class<?> type) implements Shape {
    @Override
    public @Nullable Object run(TogglePlan plan, Call call) throws Throwable {
      return plan.decide(call);
    }

    @Override
    public @Nullable Object refused(FeatureDisabledException e) {
      throw e;
    }

    @Override
    public boolean mayBeSkipped() {
      return type == void.class || type == Void.class || EmptyValues.isOptional(type);
    }

    @Override
    public Branch skip() {
      return EmptyValues.isOptional(type) ? empty() : answer(() -> null);
    }

    @Override
    public Branch empty() {
      return answer(EmptyValues.of(type));
    }

    private Branch answer(Supplier<@Nullable Object> value) {
      if (type.isPrimitive() && type != void.class) {
        throw new Problem(
            "returns "
                + type
                + ", which has no empty value; give a fallbackMethod, or use whenOff = THROW or"
                + " PROCEED");
      }
      return new Branch.Answer(value);
    }
  }

  /** A {@code CompletionStage} or {@code Future}: decided by the caller, refused by failing. */
  record Stage(boolean mayBeSkipped) implements Shape {
    @Override
    public @Nullable Object run(TogglePlan plan, Call call) throws Throwable {
      return plan.decide(call);
    }

    @Override
    public Future<?> refused(FeatureDisabledException e) {
      return CompletableFuture.failedFuture(e);
    }

    @Override
    public Branch skip() {
      return new Branch.Answer(Stage::completed);
    }

    @Override
    public Branch empty() {
      return skip();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is what the caller gets
    private static Object completed() {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** A publisher of any library that Spring knows: decided at each subscription. */
  record Reactive(ReactiveAdapter adapter, boolean mayBeSkipped) implements Shape {
    static Shape of(ResolvableType type, ReactiveAdapter adapter) {
      if (!hasReactor()) {
        throw new Problem(
            "returns "
                + type
                + ", which is decided with the help of io.projectreactor:reactor-core;"
                + " add it");
      }
      boolean nothing = adapter.isNoValue() || type.getGeneric(0).resolve() == Void.class;
      return new Reactive(adapter, nothing && adapter.supportsEmpty());
    }

    @Override
    public @Nullable Object run(TogglePlan plan, Call call) {
      return adapter.isMultiValue()
          ? adapter.fromPublisher(Deferral.flux(plan, call, adapter))
          : adapter.fromPublisher(Deferral.mono(plan, call, adapter));
    }

    @Override
    public @Nullable Object refused(FeatureDisabledException e) {
      throw e;
    }

    @Override
    public Branch skip() {
      return empty();
    }

    @Override
    public Branch empty() {
      if (!adapter.supportsEmpty()) {
        throw new Problem(
            "returns "
                + adapter.getReactiveType().getName()
                + ", which is never empty; give a fallbackMethod, or use whenOff = THROW or"
                + " PROCEED");
      }
      return new Branch.Answer(() -> adapter.fromPublisher(Deferral.empty()));
    }
  }

  /** A suspending function, which Spring treats as a publisher: decided when subscribed to. */
  record Suspending(boolean flow, boolean mayBeSkipped) implements Shape {
    static Shape of(java.lang.reflect.Method method) {
      if (!hasReactor()) {
        throw new Problem(
            "is a suspending function, for which Spring needs"
                + " org.jetbrains.kotlinx:kotlinx-coroutines-reactor; add it");
      }
      return SuspendedResult.of(method);
    }

    @Override
    public @Nullable Object run(TogglePlan plan, Call call) {
      return flow ? Deferral.flux(plan, call, null) : Deferral.mono(plan, call, null);
    }

    @Override
    public @Nullable Object refused(FeatureDisabledException e) {
      throw e;
    }

    @Override
    public Branch skip() {
      return new Branch.Answer(Deferral::empty);
    }

    @Override
    public Branch empty() {
      return skip();
    }
  }
}
