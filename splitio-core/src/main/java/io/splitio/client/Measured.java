package io.splitio.client;

import io.splitio.api.Evaluation;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.flag.Labels;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.Telemetry;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call: how long it took, and whether something inside failed, however many flags it was about.
 * A caller may pass null for anything; a call without a method is not worth measuring.
 */
final class Measured {
  private final Telemetry telemetry;
  private final @Nullable Method method;
  private final long began = System.nanoTime();
  private volatile boolean failed; // by whoever evaluates, before the answer is there

  Measured(Telemetry telemetry, @Nullable Method method) {
    this.telemetry = telemetry;
    this.method = method;
  }

  /** When the call began, as {@link System#nanoTime()}. */
  long began() {
    return began;
  }

  /** The same view, with a look at what it is shown. */
  @SuppressWarnings("NullAway") // a caller may pass null, and gets what the client makes of it
  <T> Function<Evaluation, T> watching(Function<Evaluation, T> view) {
    return view == null
        ? null
        : evaluation -> {
          watch(evaluation);
          try {
            return view.apply(evaluation);
          } catch (RuntimeException | Error e) {
            failed = false; // the client answers for the whole call, and counts that itself
            throw e;
          }
        };
  }

  private void watch(Evaluation evaluation) {
    if (isFailure(evaluation)) {
      failed = true;
    }
  }

  /** Whether something inside failed. */
  static boolean isFailure(Evaluation evaluation) {
    return Labels.EXCEPTION.equals(evaluation.label());
  }

  Evaluation over(Evaluation evaluation) {
    watch(evaluation);
    over();
    return evaluation;
  }

  <T> Map<String, T> over(Map<String, T> answers) {
    over();
    return answers;
  }

  void over() {
    if (method == null) {
      return;
    }
    telemetry.answered(Call.of(method), System.nanoTime() - began);
    if (failed) {
      telemetry.failed(Call.of(method));
    }
  }
}
