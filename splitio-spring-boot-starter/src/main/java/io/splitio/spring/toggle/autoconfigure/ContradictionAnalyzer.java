package io.splitio.spring.toggle.autoconfigure;

import io.splitio.spring.toggle.FeatureToggle;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.AnnotationConfigurationException;

/**
 * Tells which annotation names two flags. Spring refuses to read such an annotation, maybe before
 * this SDK looks at it.
 */
final class ContradictionAnalyzer
    extends AbstractFailureAnalyzer<AnnotationConfigurationException> {

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, AnnotationConfigurationException cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains(FeatureToggle.class.getName())
        ? new FailureAnalysis(
            "@FeatureToggle cannot work as it is written:\n\n    - " + message,
            "Name the flag once: keep flag or value, which mean the same.",
            cause)
        : null;
  }
}
