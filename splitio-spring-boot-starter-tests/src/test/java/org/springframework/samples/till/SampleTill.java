package org.springframework.samples.till;

import io.splitio.spring.toggle.FeatureToggle;

/** An application whose packages are named like Spring's own. */
public class SampleTill {
  /** Pays. */
  @FeatureToggle(flag = "off", key = "'a'", fallbackMethod = "old")
  public String pay() {
    return "new";
  }

  @SuppressWarnings("UnusedMethod") // the annotation names it
  private String old() {
    return "old";
  }
}
