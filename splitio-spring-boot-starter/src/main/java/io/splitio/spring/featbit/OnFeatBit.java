package io.splitio.spring.featbit;

import io.splitio.spring.autoconfigure.SplitioProperties.Mode;
import io.splitio.spring.source.Addresses;
import io.splitio.spring.source.OnSource;

/** Whether flags come from FeatBit. */
final class OnFeatBit extends OnSource {
  OnFeatBit() {
    super(Mode.FEATBIT, Addresses::ofFeatBit);
  }
}
