package io.splitio.spring.featbit;

import io.splitio.featbit.FeatBitUser;

/** A FeatBit environment with a flag that is on for everybody. */
final class Environment {
  static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  static final String CHECKOUT =
      """
      {"key": "checkout", "name": "Checkout", "variationType": "boolean", "isEnabled": true,
       "variations": [{"id": "on", "value": "true"}, {"id": "off", "value": "false"}],
       "disabledVariationId": "off",
       "fallthrough": {"variations": [{"id": "on", "rollout": [0, 1], "exptRollout": 1}]}}
      """;
  static final FeatBitUser ANNA = FeatBitUser.of("anna", "Anna");

  private Environment() {}
}
