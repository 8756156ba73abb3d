package io.splitio.benchmarks.spring;

import io.splitio.api.SplitClient;
import io.splitio.spring.toggle.FeatureToggle;
import io.splitio.spring.toggle.SplitKey;
import io.splitio.spring.toggle.WhenOff;
import org.jspecify.annotations.Nullable;

/** Answers alike with and without an annotation. */
public class Shop {
  private final SplitClient client;

  /** A shop that asks a client. */
  public Shop(SplitClient client) {
    this.client = client;
  }

  /** A flag decides whether it runs. */
  @FeatureToggle(value = "flag-1", whenOff = WhenOff.EMPTY)
  public @Nullable String toggled(@SplitKey String customer) {
    return customer;
  }

  /** The same, written out. */
  public @Nullable String direct(String customer) {
    return client.getTreatment(customer, "flag-1").equals("on") ? customer : null;
  }
}
