package io.splitio.sample.shop;

import io.splitio.spring.toggle.FeatureToggle;
import io.splitio.spring.toggle.Variant;
import java.util.Locale;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * The search the shop always had: names that contain the words. The flag {@code search} sends some
 * shoppers to another bean.
 */
@Component
@Primary
class NameSearch implements TeaSearch {
  private final Catalogue catalogue;

  NameSearch(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  @FeatureToggle(
      flag = "search",
      key = "#shopper.id",
      attributes = "#shopper.attributes",
      variants = @Variant(treatment = "v2", bean = "fuzzySearch"))
  public Hits find(String words, Shopper shopper) {
    String wanted = words.toLowerCase(Locale.ROOT);
    return new Hits(
        "exact search in names",
        catalogue.teas().stream()
            .filter(tea -> tea.name().toLowerCase(Locale.ROOT).contains(wanted))
            .toList());
  }
}
