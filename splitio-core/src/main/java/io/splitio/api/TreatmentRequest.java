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

  /** The public method behind a question: it names log messages and latency figures. */
  public enum Method {
    /** The treatment of one flag. */
    TREATMENT("getTreatment"),
    /** The treatment and configuration of one flag. */
    TREATMENT_WITH_CONFIG("getTreatmentWithConfig"),
    /** The treatments of several flags. */
    TREATMENTS("getTreatments"),
    /** The treatments and configurations of several flags. */
    TREATMENTS_WITH_CONFIG("getTreatmentsWithConfig"),
    /** The treatments of the flags in a set. */
    TREATMENTS_BY_FLAG_SET("getTreatmentsByFlagSet"),
    /** The treatments of the flags in several sets. */
    TREATMENTS_BY_FLAG_SETS("getTreatmentsByFlagSets"),
    /** The treatments and configurations of the flags in a set. */
    TREATMENTS_WITH_CONFIG_BY_FLAG_SET("getTreatmentsWithConfigByFlagSet"),
    /** The treatments and configurations of the flags in several sets. */
    TREATMENTS_WITH_CONFIG_BY_FLAG_SETS("getTreatmentsWithConfigByFlagSets");

    private final String methodName;
    private final boolean bySet;

    Method(String methodName) {
      this.methodName = methodName;
      this.bySet = methodName.contains("ByFlagSet");
    }

    /** The Java name of the method. */
    public String methodName() {
      return methodName;
    }

    /** Whether the names of a request are flag sets. */
    public boolean asksBySet() {
      return bySet;
    }
  }
}
