package io.splitio.sample.shop;

import io.splitio.api.SplitClient;
import org.springframework.stereotype.Component;

/**
 * Chooses a price list: the flag {@code prices} targets the plan, its config holds the discount.
 */
@Component
public final class Prices {
  private final SplitClient flags;
  private final Configs configs;

  Prices(SplitClient flags, Configs configs) {
    this.flags = flags;
    this.configs = configs;
  }

  /** The prices for a shopper; regular ones unless the flag says otherwise. */
  public PriceList forShopper(Shopper shopper) {
    return configs.read(
        "prices",
        flags.getTreatmentWithConfig(shopper.id(), "prices", shopper.attributes()),
        PriceList.REGULAR);
  }
}
