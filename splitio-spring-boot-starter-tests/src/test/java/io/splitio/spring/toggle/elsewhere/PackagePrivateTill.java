package io.splitio.spring.toggle.elsewhere;

import io.splitio.spring.toggle.FeatureToggle;

/** Its method can be overridden in its own package only. */
public class PackagePrivateTill {
  /** For subclasses in other packages. */
  protected PackagePrivateTill() {}

  @FeatureToggle(flag = "off", key = "'a'", fallbackMethod = "old")
  String pay() {
    return "new";
  }

  @SuppressWarnings("UnusedMethod") // the annotation names it
  private String old() {
    return "old";
  }
}
