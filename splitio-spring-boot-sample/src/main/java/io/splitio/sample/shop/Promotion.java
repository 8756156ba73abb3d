package io.splitio.sample.shop;

import io.splitio.spring.toggle.FeatureToggle;
import io.splitio.spring.toggle.SplitKey;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A present for everybody, until somebody kills the flag {@code free-sample}. */
@Component
class Promotion {
  /** What comes with every order; empty when the flag is off, as an Optional allows. */
  @FeatureToggle("free-sample")
  Optional<String> present(@SplitKey String shopper) {
    return Optional.of("A free sample of Jade Sencha comes with every order today.");
  }
}
