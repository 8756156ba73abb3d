package com.example.shop;

import io.splitio.spring.toggle.FeatureToggle;

/**
 * An annotation that names two flags. It is here, and not in the package of the tests, because
 * Spring Boot reads the annotations of every class below the package of an application.
 */
public class TwoFlags {

  /** Can never be decided. */
  @FeatureToggle(flag = "on", value = "off", key = "'a'")
  public void pay() {}
}
