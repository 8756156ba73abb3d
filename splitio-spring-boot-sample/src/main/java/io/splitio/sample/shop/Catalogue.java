package io.splitio.sample.shop;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Everything the shop sells. */
@Component
public final class Catalogue {
  private final List<Tea> teas =
      List.of(
          new Tea(
              "breakfast",
              "Highland Breakfast",
              "black",
              "Assam",
              "Malt, toast, honey",
              new Money(840)),
          new Tea(
              "sencha",
              "Jade Sencha",
              "green",
              "Shizuoka",
              "Cut grass, sea air, melon",
              new Money(1120)),
          new Tea(
              "oolong",
              "Ruby Oolong",
              "oolong",
              "Nantou",
              "Ripe plum, cinnamon, rose",
              new Money(1280)),
          new Tea(
              "needle",
              "Silver Needle",
              "white",
              "Fujian",
              "Hay, apricot, white flowers",
              new Money(1450)),
          new Tea(
              "pine", "Smoky Pine", "black", "Wuyi", "Campfire, resin, dark cocoa", new Money(960)),
          new Tea(
              "chai",
              "Masala Chai",
              "spiced",
              "Kerala",
              "Cardamom, ginger, pepper",
              new Money(890)),
          new Tea(
              "mint",
              "Moroccan Mint",
              "herbal",
              "Meknes",
              "Spearmint, lemon, cool finish",
              new Money(720)),
          new Tea(
              "meadow",
              "Chamomile Meadow",
              "herbal",
              "Fayoum",
              "Apple, honey, warm hay",
              new Money(690)));

  /** All teas, in the order of the shelf. */
  public List<Tea> teas() {
    return teas;
  }

  /** The tea with an id. */
  public Optional<Tea> find(String id) {
    return teas.stream().filter(tea -> tea.id().equals(id)).findFirst();
  }
}
