package io.splitio.featbit;

import io.splitio.api.Evaluation;
import io.splitio.flag.Labels;

/** Why a default was served, in FeatBit's words (FeatBit specification 4.2). */
final class Reason {
  static final String OK = "OK";
  static final String NOT_READY = "client not ready";
  static final String FLAG_NOT_FOUND = "flag not found";
  static final String USER_NOT_SPECIFIED = "user not specified";
  static final String WRONG_TYPE = "wrong type";
  static final String ERROR = "error in evaluation";

  private Reason() {}

  /** Why there is no decision. */
  static String of(Evaluation undecided) {
    String label = undecided.label();
    if (label == null) {
      return USER_NOT_SPECIFIED;
    }
    if (label.endsWith(Labels.NOT_READY)) {
      return NOT_READY;
    }
    return label.endsWith(Labels.DEFINITION_NOT_FOUND) ? FLAG_NOT_FOUND : ERROR;
  }
}
