package io.splitio.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Shows what is wrong and how to mend it instead of a stack trace. */
@Order(0) // before Spring Boot's own, which would show the binding that failed around it
final class SplitioFailureAnalyzer extends AbstractFailureAnalyzer<SplitioStartException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, SplitioStartException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
