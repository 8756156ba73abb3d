package io.splitio.telemetry;

import io.splitio.api.TreatmentRequest.Method;

/** What applications call, as telemetry tells it apart. */
public enum Call {
  /** The treatment of one flag. */
  TREATMENT,
  /** The treatment and configuration of one flag. */
  TREATMENT_WITH_CONFIG,
  /** The treatments of several flags. */
  TREATMENTS,
  /** The treatments and configurations of several flags. */
  TREATMENTS_WITH_CONFIG,
  /** The treatments of the flags in a set. */
  TREATMENTS_BY_FLAG_SET,
  /** The treatments of the flags in several sets. */
  TREATMENTS_BY_FLAG_SETS,
  /** The treatments and configurations of the flags in a set. */
  TREATMENTS_WITH_CONFIG_BY_FLAG_SET,
  /** The treatments and configurations of the flags in several sets. */
  TREATMENTS_WITH_CONFIG_BY_FLAG_SETS,
  /** An event. */
  TRACK;

  /** The call behind a question. */
  public static Call of(Method method) {
    return switch (method) {
      case TREATMENT -> TREATMENT;
      case TREATMENT_WITH_CONFIG -> TREATMENT_WITH_CONFIG;
      case TREATMENTS -> TREATMENTS;
      case TREATMENTS_WITH_CONFIG -> TREATMENTS_WITH_CONFIG;
      case TREATMENTS_BY_FLAG_SET -> TREATMENTS_BY_FLAG_SET;
      case TREATMENTS_BY_FLAG_SETS -> TREATMENTS_BY_FLAG_SETS;
      case TREATMENTS_WITH_CONFIG_BY_FLAG_SET -> TREATMENTS_WITH_CONFIG_BY_FLAG_SET;
      case TREATMENTS_WITH_CONFIG_BY_FLAG_SETS -> TREATMENTS_WITH_CONFIG_BY_FLAG_SETS;
    };
  }
}
