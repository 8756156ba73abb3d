package io.splitio.client;

import io.splitio.api.FallbackTreatments;
import io.splitio.api.SplitResult;
import io.splitio.flag.Names;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the fallback treatments that are not valid, and says so (evaluation specification 10).
 */
final class FallbackCheck {
  private final InputCheck check;

  FallbackCheck(InputCheck check) {
    this.check = check;
  }

  FallbackTreatments valid(FallbackTreatments treatments) {
    Map<String, SplitResult> byFlag = new HashMap<>();
    treatments
        .byFlag()
        .forEach(
            (flag, result) -> {
              String name = check.flagName(flag);
              SplitResult checked = name == null ? null : valid(result);
              if (checked != null) {
                byFlag.put(name, checked);
              }
            });
    return new FallbackTreatments(
        treatments.global() == null ? null : valid(treatments.global()), byFlag);
  }

  private @Nullable SplitResult valid(SplitResult result) {
    String treatment = result.treatment() == null ? "" : result.treatment().trim();
    if (!Names.isFlagName(treatment)) {
      check.tell(Trouble.BAD_FALLBACK, result.treatment());
      return null;
    }
    if (!treatment.equals(result.treatment())) {
      check.tell(Trouble.TRIMMED_FALLBACK, result.treatment(), treatment);
    }
    return new SplitResult(treatment, result.config());
  }
}
