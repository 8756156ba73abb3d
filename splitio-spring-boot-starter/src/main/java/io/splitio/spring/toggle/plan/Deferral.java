package io.splitio.spring.toggle.plan;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A call that is decided at each subscription. The only place that needs Reactor. */
final class Deferral {
  private Deferral() {}

  static Publisher<Object> flux(TogglePlan plan, Call call, @Nullable ReactiveAdapter adapter) {
    return Flux.defer(() -> decided(plan, call.again(), adapter));
  }

  static Publisher<Object> mono(TogglePlan plan, Call call, @Nullable ReactiveAdapter adapter) {
    return Mono.defer(() -> Mono.fromDirect(decided(plan, call.again(), adapter)));
  }

  static Publisher<Object> empty() {
    return Mono.empty();
  }

  private static Publisher<Object> decided(
      TogglePlan plan, Call call, @Nullable ReactiveAdapter adapter) {
    try {
      return publisher(plan.decide(call), adapter);
    } catch (Throwable e) { // handed on to the subscriber, unchanged
      return Mono.error(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Publisher<Object> publisher(
      @Nullable Object result, @Nullable ReactiveAdapter adapter) {
    if (adapter != null) {
      return adapter.toPublisher(result);
    }
    return result instanceof Publisher<?> publisher
        ? (Publisher<Object>) publisher
        : Mono.justOrEmpty(result);
  }
}
