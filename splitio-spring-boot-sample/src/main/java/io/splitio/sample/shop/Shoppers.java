package io.splitio.sample.shop;

import java.util.List;
import org.springframework.stereotype.Component;

/** The people one can shop as; a real shop would have them log in. */
@Component
public final class Shoppers {
  private final List<Shopper> everybody =
      List.of(
          new Shopper("ana", "Ana", "gold", 34, "PT"),
          new Shopper("bo", "Bo", "basic", 52, "NO"),
          new Shopper("chloe", "Chloé", "silver", 27, "FR"),
          new Shopper("dev", "Dev", "basic", 41, "IN"),
          new Shopper("emil", "Emil", "gold", 19, "NO"));

  /** Everybody. */
  public List<Shopper> everybody() {
    return everybody;
  }

  /** The shopper with an id, or the first one when there is none. */
  public Shopper find(String id) {
    return everybody.stream()
        .filter(shopper -> shopper.id().equals(id))
        .findFirst()
        .orElse(everybody.get(0));
  }
}
