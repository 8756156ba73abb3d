package io.splitio.sample.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Lets one go on as somebody else, to see what flags decide for them. */
@Controller
final class ShopperSwitch {
  private final Visit visit;

  ShopperSwitch(Visit visit) {
    this.visit = visit;
  }

  @PostMapping("/shopper")
  String shopAs(@RequestParam String id, @RequestParam(defaultValue = "/") String from) {
    visit.shopAs(id);
    return Local.redirect(from);
  }
}
