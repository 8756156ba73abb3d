package io.splitio.sample.shop;

import io.splitio.sample.shop.TeaSearch.Hits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What one shopper sees in the shop. */
@Component
public final class Shelf {
  private final Catalogue catalogue;
  private final TeaSearch search;
  private final Prices prices;
  private final Reviews reviews;
  private final Promotion promotion;

  Shelf(
      Catalogue catalogue, TeaSearch search, Prices prices, Reviews reviews, Promotion promotion) {
    this.catalogue = catalogue;
    this.search = search;
    this.prices = prices;
    this.reviews = reviews;
    this.promotion = promotion;
  }

  /** Every tea, or those that fit the words when there are any. */
  public View look(Shopper shopper, String words) {
    Hits hits =
        words.isBlank()
            ? new Hits("everything", catalogue.teas())
            : search.find(words.strip(), shopper);
    PriceList list = prices.forShopper(shopper);
    Map<String, Reviews.Review> said = reviews.latest(shopper.id());
    List<Offer> offers =
        hits.teas().stream()
            .map(tea -> new Offer(tea, list.priceOf(tea), said.get(tea.id())))
            .toList();
    return new View(hits.searchedBy(), offers, list, promotion.present(shopper.id()));
  }

  /**
   * A tea on the shelf.
   *
   * @param tea what it is
   * @param price what it costs this shopper
   * @param review what somebody said of it, or null when this shopper sees no reviews
   */
  public record Offer(Tea tea, Money price, Reviews.@Nullable Review review) {}

  /**
   * The shelf.
   *
   * @param searchedBy how the teas were found, in words
   * @param offers the teas
   * @param prices the price list in force
   * @param present what comes with every order
   */
  public record View(
      String searchedBy, List<Offer> offers, PriceList prices, Optional<String> present) {}
}
