package io.splitio.spring.toggle.read;

import java.util.List;

/** Says which annotations cannot work, and why. */
public final class InvalidToggleException extends RuntimeException {
  private final transient List<String> problems;

  /** Says what is wrong, each problem beginning with the method it is about. */
  public InvalidToggleException(List<String> problems) {
    super("@FeatureToggle cannot work: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, each problem beginning with the method it is about. */
  public List<String> problems() {
    return problems;
  }
}
