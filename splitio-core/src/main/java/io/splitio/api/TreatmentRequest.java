package io.splitio.api;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every method about several flags comes down to.
 *
 * @param method the public method that was called
 * @param key who is asking
 * @param names flag names, or flag sets if the method is about sets
 * @param attributes what the rules may look at besides the key
 * @param options what goes along with the impressions
 */
public record TreatmentRequest(
    Method method,
    @Nullable Key key,
    @Nullable Collection<String> names,
    @Nullable Map<String, Object> attributes,
    @Nullable EvaluationOptions options) {

  /** The public method behind a request: it names log messages and latency figures. */
  public enum Method {
    TREATMENT("getTreatment"),
    TREATMENT_WITH_CONFIG("getTreatmentWithConfig"),
    TREATMENTS("getTreatments"),
    TREATMENTS_WITH_CONFIG("getTreatmentsWithConfig"),
    TREATMENTS_BY_FLAG_SET("getTreatmentsByFlagSet"),
    TREATMENTS_BY_FLAG_SETS("getTreatmentsByFlagSets"),
    TREATMENTS_WITH_CONFIG_BY_FLAG_SET("getTreatmentsWithConfigByFlagSet"),
    TREATMENTS_WITH_CONFIG_BY_FLAG_SETS("getTreatmentsWithConfigByFlagSets"),
    TRACK("track");

    private final String methodName;

    Method(String methodName) {
      this.methodName = methodName;
    }

    /** The Java name of the method. */
    public String methodName() {
      return methodName;
    }

    /** Whether the names of a request are flag sets. */
    public boolean asksBySet() {
      return compareTo(TREATMENTS_BY_FLAG_SET) >= 0 && this != TRACK;
    }
  }
}
