package io.splitio.sample.shop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody is about to buy. Immutable.
 *
 * @param counts the number of tins by the id of the tea, in the order they were put in
 */
public record Basket(Map<String, Integer> counts) {
  private static final int MOST_OF_ONE_TEA = 20;

  /** Nothing. */
  public static final Basket EMPTY = new Basket(Map.of());

  /** One tin more, up to twenty of one tea. */
  public Basket plus(Tea tea) {
    Map<String, Integer> more = new LinkedHashMap<>(counts);
    more.merge(tea.id(), 1, (count, one) -> Math.min(count + one, MOST_OF_ONE_TEA));
    return new Basket(more);
  }

  /** All but one tea. */
  public Basket without(String tea) {
    Map<String, Integer> fewer = new LinkedHashMap<>(counts);
    fewer.remove(tea);
    return new Basket(fewer);
  }

  /** The number of tins. */
  public int tins() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The lines of a bill. */
  public List<Line> lines(Catalogue catalogue, PriceList prices) {
    return counts.entrySet().stream()
        .flatMap(
            entry ->
                catalogue.find(entry.getKey()).stream()
                    .map(tea -> new Line(tea, entry.getValue(), prices.priceOf(tea))))
        .toList();
  }

  /**
   * One tea of a basket.
   *
   * @param tea what it is
   * @param count how many tins
   * @param price what a tin costs this shopper
   */
  public record Line(Tea tea, int count, Money price) {
    /** What all the tins cost. */
    public Money total() {
      return price.times(count);
    }
  }
}
