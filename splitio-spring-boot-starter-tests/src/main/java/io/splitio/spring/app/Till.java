package io.splitio.spring.app;

import io.splitio.api.SplitResult;
import io.splitio.spring.toggle.FeatureToggle;
import io.splitio.spring.toggle.Variant;
import org.springframework.stereotype.Component;

/** Takes money as the flag says: in the new way, the old way, or as another bean does. */
@Component
class Till {

  @FeatureToggle(
      flag = "${till.flag}",
      key = "#user",
      treatments = "v1",
      fallbackMethod = "payOld",
      variants = @Variant(treatment = "v2", bean = "expressTill"))
  String pay(String user) {
    return "paid by " + user;
  }

  @SuppressWarnings("UnusedMethod") // the annotation names it
  private String payOld(String user, SplitResult why) {
    return "paid the old way by " + user + ", because " + why.treatment();
  }
}
