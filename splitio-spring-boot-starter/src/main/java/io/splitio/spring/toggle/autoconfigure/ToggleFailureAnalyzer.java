package io.splitio.spring.toggle.autoconfigure;

import io.splitio.spring.toggle.read.InvalidToggleException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells which annotations stopped the application, and what to do about it. */
final class ToggleFailureAnalyzer extends AbstractFailureAnalyzer<InvalidToggleException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidToggleException cause) {
    String description =
        "@FeatureToggle cannot work as it is written:\n\n    - "
            + String.join("\n    - ", cause.problems());
    return new FailureAnalysis(
        description,
        "Correct the annotations. To start all the same, set splitio.toggle.validation to WARN:"
            + " calls of these methods are then refused, or not seen.",
        cause);
  }
}
