package io.splitio.official;

import io.splitio.api.Evaluation;
import org.jspecify.annotations.Nullable;

/** What either SDK served, and why. */
record Answer(
    String treatment,
    @Nullable String config,
    @Nullable String label,
    @Nullable Long changeNumber) {

  static Answer of(Evaluation evaluation) {
    return new Answer(
        evaluation.treatment(), evaluation.config(), evaluation.label(), evaluation.changeNumber());
  }
}
