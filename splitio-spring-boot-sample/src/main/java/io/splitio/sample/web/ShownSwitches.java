package io.splitio.sample.web;

import io.splitio.sample.live.Switch;
import io.splitio.sample.live.Switches;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Adds the switches to every page, in the profiles live, featbit and redis. */
@ControllerAdvice
@Profile({"live", "featbit", "redis"})
final class ShownSwitches {
  private final Switches switches;

  ShownSwitches(Switches switches) {
    this.switches = switches;
  }

  @ModelAttribute("switches")
  Map<String, Switch> switches() {
    return switches.all();
  }

  @ModelAttribute("place")
  String place() {
    return switches.place();
  }
}
