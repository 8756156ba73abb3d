package io.splitio.sample.shop;

import io.splitio.api.SplitClient;
import org.springframework.stereotype.Component;

/** Chooses the look: each treatment of the flag {@code theme} carries colours and words as JSON. */
@Component
public final class Themes {
  private final SplitClient flags;
  private final Configs configs;

  Themes(SplitClient flags, Configs configs) {
    this.flags = flags;
    this.configs = configs;
  }

  /** The look for a shopper. */
  public Theme forShopper(Shopper shopper) {
    return configs.read(
        "theme",
        flags.getTreatmentWithConfig(shopper.id(), "theme", shopper.attributes()),
        Theme.PLAIN);
  }
}
