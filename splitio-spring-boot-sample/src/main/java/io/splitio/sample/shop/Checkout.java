package io.splitio.sample.shop;

import io.splitio.api.SplitResult;
import io.splitio.spring.toggle.FeatureToggle;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Works out what an order costs; the flag {@code new-checkout} rolls a new way out by percentage.
 */
@Component
class Checkout {
  private static final Logger log = LoggerFactory.getLogger(Checkout.class);
  private static final Money SHIPPING = new Money(490);

  /** The new way: free express delivery, one click. */
  @FeatureToggle(flag = "new-checkout", key = "#shopper.id", fallbackMethod = "classic")
  Quote quote(Shopper shopper, List<Basket.Line> lines) {
    return new Quote("express", "Express delivery, tomorrow", new Money(0), lines);
  }

  /** The old way, for everybody whom the flag does not let in. */
  Quote classic(Shopper shopper, List<Basket.Line> lines, SplitResult why) {
    log.debug("classic checkout, because new-checkout is {}", why.treatment());
    return new Quote("classic", "Standard delivery, 3 to 5 days", SHIPPING, lines);
  }
}
