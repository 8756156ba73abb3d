package io.splitio.sample.shop;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Everything the shop sells. */
@Component
public final class Catalogue {
  private final List<Tea> teas =
      List.of(
          tea("breakfast", "Highland Breakfast", "black", "Assam", "Malt, toast, honey", 840),
          tea("sencha", "Jade Sencha", "green", "Shizuoka", "Cut grass, sea air, melon", 1120),
          tea("oolong", "Ruby Oolong", "oolong", "Nantou", "Ripe plum, cinnamon, rose", 1280),
          tea("needle", "Silver Needle", "white", "Fujian", "Hay, apricot, white flowers", 1450),
          tea("pine", "Smoky Pine", "black", "Wuyi", "Campfire, resin, dark cocoa", 960),
          tea("chai", "Masala Chai", "spiced", "Kerala", "Cardamom, ginger, pepper", 890),
          tea("mint", "Moroccan Mint", "herbal", "Meknes", "Spearmint, lemon, cool finish", 720),
          tea("meadow", "Chamomile Meadow", "herbal", "Fayoum", "Apple, honey, warm hay", 690));

  /** All teas, in the order of the shelf. */
  public List<Tea> teas() {
    return teas;
  }

  /** The tea with an id. */
  public Optional<Tea> find(String id) {
    return teas.stream().filter(tea -> tea.id().equals(id)).findFirst();
  }

  private static Tea tea(
      String id, String name, String kind, String origin, String notes, long cents) {
    return new Tea(id, name, kind, origin, notes, new Money(cents));
  }
}
