package io.splitio.sample.web;

import io.splitio.sample.shop.Catalogue;
import io.splitio.sample.shop.Quote;
import io.splitio.sample.shop.Till;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The basket, the order and its receipt. */
@Controller
final class CheckoutPage {
  private final Till till;
  private final Catalogue catalogue;
  private final Visit visit;

  CheckoutPage(Till till, Catalogue catalogue, Visit visit) {
    this.till = till;
    this.catalogue = catalogue;
    this.visit = visit;
  }

  @GetMapping("/basket")
  String basket(Model model) {
    model.addAttribute("quote", till.quote(visit.shopper(), visit.basket()));
    model.addAttribute("present", till.present(visit.shopper()));
    return "basket";
  }

  @PostMapping("/basket")
  String add(
      @RequestParam String tea,
      @RequestParam(defaultValue = "/") String from,
      RedirectAttributes next) {
    catalogue
        .find(tea)
        .ifPresent(
            found -> {
              visit.change(basket -> basket.plus(found));
              next.addFlashAttribute("notice", found.name() + " is in your basket.");
            });
    return Local.redirect(from);
  }

  @PostMapping("/basket/remove")
  String remove(@RequestParam String tea) {
    visit.change(basket -> basket.without(tea));
    return "redirect:/basket";
  }

  /** Orders only what was shown: flags may have changed the total since. */
  @PostMapping("/orders")
  String order(@RequestParam long seen, RedirectAttributes next) {
    Quote quote = till.quote(visit.shopper(), visit.basket());
    if (quote.lines().isEmpty()) {
      return "redirect:/basket";
    }
    if (quote.total().cents() != seen) {
      next.addFlashAttribute("notice", "The total has changed. Please look again before you buy.");
      return "redirect:/basket";
    }
    visit.order(quote);
    return "redirect:/receipt";
  }

  @GetMapping("/receipt")
  String receipt(Model model) {
    return visit
        .receipt()
        .map(
            quote -> {
              model.addAttribute("quote", quote);
              return "receipt";
            })
        .orElse("redirect:/basket");
  }
}
