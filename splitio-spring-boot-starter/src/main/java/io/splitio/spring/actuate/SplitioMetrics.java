package io.splitio.spring.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.api.SdkHealth.Ledger;
import io.splitio.api.SdkHealth.Streaming;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK says of itself, as meters. They cost an evaluation nothing: each is read when
 * somebody asks for it. What a backend does not know is not a number.
 */
final class SplitioMetrics implements MeterBinder {
  /** What becomes of all that was recorded, in the end. */
  private static final Map<String, ToDoubleFunction<Ledger>> OUTCOMES =
      Map.of(
          "delivered", Ledger::delivered,
          "full", Ledger::full,
          "late", Ledger::late,
          "refused", Ledger::refused,
          "abandoned", Ledger::abandoned);

  private final SplitFactory factory;

  SplitioMetrics(SplitFactory factory) {
    this.factory = factory;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "splitio.ready", "Whether flags decide", SplitioMetrics::ready);
    gauge(registry, "splitio.flags", "Flags that are held", SdkHealth::flags);
    gauge(registry, "splitio.segments", "Segments that are held", SdkHealth::segments);
    gauge(
        registry,
        "splitio.rule.based.segments",
        "Rule-based segments that are held",
        SdkHealth::ruleBasedSegments);
    gauge(
        registry,
        "splitio.streaming.connected",
        "Whether changes arrive as they are made",
        health -> connected(health.streaming()));
    TimeGauge.builder("splitio.last.sync.age", factory, TimeUnit.MILLISECONDS, age(registry))
        .description("Since flags were last confirmed to be current")
        .register(registry);
    ledger(registry, "splitio.impressions", "impressions", SdkHealth::impressions);
    ledger(registry, "splitio.events", "events", SdkHealth::events);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<SdkHealth> value) {
    Gauge.builder(name, factory, sdk -> value.applyAsDouble(sdk.health()))
        .description(description)
        .register(registry);
  }

  private void ledger(
      MeterRegistry registry, String name, String what, Function<SdkHealth, Ledger> ledger) {
    gauge(
        registry,
        name + ".queued",
        "How many " + what + " wait or are under way",
        health -> ledger.apply(health).queued());
    OUTCOMES.forEach(
        (outcome, column) ->
            FunctionCounter.builder(
                    name, factory, sdk -> column.applyAsDouble(ledger.apply(sdk.health())))
                .tag("outcome", outcome)
                .description("What became of " + what)
                .register(registry));
  }

  private static double ready(SdkHealth health) {
    return SdkReport.evaluates(health) ? 1 : 0;
  }

  private static double connected(@Nullable Streaming streaming) {
    return streaming == null ? Double.NaN : streaming == Streaming.UP ? 1 : 0;
  }

  private static ToDoubleFunction<SplitFactory> age(MeterRegistry registry) {
    return sdk -> {
      Instant last = sdk.health().lastSynchronized();
      return last == null
          ? Double.NaN
          : Math.max(0, registry.config().clock().wallTime() - last.toEpochMilli());
    };
  }
}
