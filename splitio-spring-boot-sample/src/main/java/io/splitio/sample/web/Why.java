package io.splitio.sample.web;

import io.splitio.api.Explanation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitManager;
import io.splitio.sample.shop.Shopper;
import java.util.List;
import org.springframework.stereotype.Component;

/** How every flag came to its decision. */
@Component
final class Why {
  private final SplitClient flags;
  private final SplitManager manager;

  Why(SplitClient flags, SplitManager manager) {
    this.flags = flags;
    this.manager = manager;
  }

  /** One explanation for each flag, by name; asking for them records nothing. */
  List<Explanation> explain(Shopper shopper) {
    return manager.splitNames().stream()
        .sorted()
        .map(flag -> flags.explain(Key.of(shopper.id()), flag, shopper.attributes()))
        .toList();
  }
}
