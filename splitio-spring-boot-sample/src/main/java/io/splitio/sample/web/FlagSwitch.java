package io.splitio.sample.web;

import io.splitio.sample.live.Switches;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Lets one flip flags on the page; the change itself arrives over the stream. */
@Controller
@Profile({"live", "featbit", "redis"})
final class FlagSwitch {
  private final Switches switches;

  FlagSwitch(Switches switches) {
    this.switches = switches;
  }

  /** Gives everybody a treatment, or none in particular when it is empty. */
  @PostMapping("/flip")
  String flip(
      @RequestParam String flag,
      @RequestParam(defaultValue = "") String treatment,
      @RequestParam(defaultValue = "/") String from) {
    if (treatment.isEmpty()) {
      switches.letRulesDecide(flag);
    } else {
      switches.giveEverybody(flag, treatment);
    }
    return Local.redirect(from);
  }
}
