package io.splitio.spring.app;

import io.splitio.api.SplitClient;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows what flags decide and what the application heard of them. */
@RestController
final class FlagController {
  private final SplitClient client;
  private final Heard heard;
  private final Till till;

  FlagController(SplitClient client, Heard heard, Till till) {
    this.client = client;
    this.heard = heard;
    this.till = till;
  }

  @GetMapping("/treatment")
  String treatment(@RequestParam String key, @RequestParam String flag) {
    return client.getTreatment(key, flag, Map.of());
  }

  @GetMapping("/pay")
  String pay(@RequestParam String user) {
    return till.pay(user);
  }

  @GetMapping("/impressions")
  Set<String> impressions() {
    return heard.impressions();
  }
}
