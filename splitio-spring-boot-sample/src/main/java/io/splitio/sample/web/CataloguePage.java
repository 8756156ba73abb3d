package io.splitio.sample.web;

import io.splitio.sample.shop.Shelf;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The shelf, and what a search finds on it. */
@Controller
final class CataloguePage {
  private final Shelf shelf;
  private final Visit visit;

  CataloguePage(Shelf shelf, Visit visit) {
    this.shelf = shelf;
    this.visit = visit;
  }

  @GetMapping("/")
  String show(@RequestParam(name = "q", defaultValue = "") String words, Model model) {
    model.addAttribute("words", words);
    model.addAttribute("shelf", shelf.look(visit.shopper(), words));
    return "catalogue";
  }
}
