package io.splitio.sample.live;

import java.util.Map;

/** Flips flags where they are kept. */
public interface Switches {
  /** What keeps the flags, in words. */
  String place();

  /** The switches of all flags, by name. */
  Map<String, Switch> all();

  /** Gives everybody one treatment, if the flag has it. */
  void giveEverybody(String flag, String treatment);

  /** Brings a flag back as it was when the shop was opened. */
  void letRulesDecide(String flag);
}
