package io.splitio.engine;

import io.splitio.api.Evaluation;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.SplitResult;
import io.splitio.flag.Labels;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered when no flag decides: the configured fallback or control, as finished instances.
 */
public final class Fallbacks {
  private static final SplitResult CONTROL = new SplitResult(Evaluation.CONTROL, null);

  private final Answers others;
  private final Map<String, Answers> byFlag = new HashMap<>();

  /** Prepares the answers of treatments that were checked. */
  public Fallbacks(FallbackTreatments treatments) {
    SplitResult global = treatments.global();
    others = global == null ? Answers.of(CONTROL, "") : Answers.of(global, Labels.FALLBACK_PREFIX);
    treatments
        .byFlag()
        .forEach((flag, result) -> byFlag.put(flag, Answers.of(result, Labels.FALLBACK_PREFIX)));
  }

  private record Answers(
      Evaluation missing, Evaluation notReady, Evaluation failed, Evaluation refused) {
    private static Answers of(SplitResult result, String prefix) {
      return new Answers(
          new Evaluation(result, prefix + Labels.DEFINITION_NOT_FOUND, null),
          new Evaluation(result, prefix + Labels.NOT_READY, null),
          new Evaluation(result, prefix + Labels.EXCEPTION, null),
          new Evaluation(result, null, null));
    }
  }

  /** The flag is not known. */
  public Evaluation missing(String flag) {
    return answers(flag).missing;
  }

  /** The flag is not known, because definitions are not there yet. */
  public Evaluation notReady(String flag) {
    return answers(flag).notReady;
  }

  /** The evaluation failed; the version is that of the flag, if one was found. */
  public Evaluation failed(String flag, @Nullable Long changeNumber) {
    Evaluation failed = answers(flag).failed;
    return changeNumber == null
        ? failed
        : new Evaluation(failed.result(), failed.label(), changeNumber);
  }

  /** The question itself was not valid, or came after the end. */
  public Evaluation refused(@Nullable String flag) {
    return flag == null ? others.refused : answers(flag).refused;
  }

  /** What is configured for that very flag, or null. */
  public @Nullable String own(@Nullable String flag) {
    Answers own = flag == null ? null : byFlag.get(flag);
    return own == null ? null : own.refused.treatment();
  }

  private Answers answers(String flag) {
    if (byFlag.isEmpty()) {
      return others;
    }
    Answers own = byFlag.get(flag);
    return own == null ? others : own;
  }
}
