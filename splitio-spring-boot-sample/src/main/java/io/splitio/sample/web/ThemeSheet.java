package io.splitio.sample.web;

import io.splitio.sample.shop.Themes;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The colours of the theme as a style sheet, so that no page needs inline styles. */
@RestController
final class ThemeSheet {
  private final Themes themes;
  private final Visit visit;

  ThemeSheet(Themes themes, Visit visit) {
    this.themes = themes;
    this.visit = visit;
  }

  @GetMapping(path = "/theme.css", produces = "text/css")
  ResponseEntity<String> css() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(themes.forShopper(visit.shopper()).css());
  }
}
