package io.splitio.spring.toggle;

import io.splitio.api.SplitResult;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Says that a call was refused because its flag is off. A web application answers with 404.
 *
 * <p>Spring Web is not needed: without it the status has no meaning.
 */
@ResponseStatus(HttpStatus.NOT_FOUND)
public final class FeatureDisabledException extends RuntimeException {
  private final String flag;
  private final String treatment;
  private final @Nullable String config;

  /** Says that the flag answered with the given treatment. */
  public FeatureDisabledException(String flag, SplitResult result) {
    super("feature flag '" + flag + "' is off: its treatment is '" + result.treatment() + "'");
    this.flag = flag;
    this.treatment = result.treatment();
    this.config = result.config();
  }

  /** The flag that is off. */
  public String flag() {
    return flag;
  }

  /** The treatment that the flag answered with, and its configuration. */
  public SplitResult result() {
    return new SplitResult(treatment, config);
  }
}
