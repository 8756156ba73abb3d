package io.splitio;

import io.splitio.api.Evaluation;
import io.splitio.api.Explanation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import io.splitio.api.SplitView;
import io.splitio.backend.localhost.LocalhostConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The shape that users were promised, word for word, in a program of its own. */
final class Example {
  private Example() {}

  public static void main(String[] arguments) throws Exception {
    try (SplitFactory factory =
        SplitFactory.create(
            LocalhostConnector.file(Path.of("splits.json")).segments(Path.of("segments")),
            SplitConfig.defaults())) {
      factory.blockUntilReady(Duration.ofSeconds(5)); // TimeoutException when late
      SplitClient client = factory.client();
      String treatment =
          client.getTreatment("user-1", "checkout", Map.of("plan", "gold", "age", 30));
      SplitResult withConfig =
          client.getTreatmentWithConfig(Key.of("user-1", "account-9"), "checkout", Map.of());
      Map<String, String> many = client.getTreatments("user-1", List.of("checkout", "search"));
      Map<String, SplitResult> bySet = client.getTreatmentsWithConfigByFlagSet("user-1", "backend");
      Evaluation why = client.evaluate(Key.of("user-1"), "checkout", Map.of("plan", "gold"));
      Explanation trace = client.explain(Key.of("user-1"), "checkout", Map.of("plan", "gold"));
      Map<String, Evaluation> all = client.evaluateAll(Key.of("user-1"), Map.of());
      boolean queued = client.track("user-1", "user", "page_load", 83.3, Map.of("plan", "gold"));
      CompletableFuture<String> later = client.async().getTreatment("user-1", "checkout");
      List<SplitView> flags = factory.manager().splits();

      say("treatment", treatment);
      say("withConfig", withConfig.treatment() + " " + withConfig.config());
      say("many", many.get("checkout") + " " + many.get("search"));
      say("bySet", bySet.keySet());
      say("why", why.label() + " " + why.changeNumber() + " " + why.treatmentOr("off"));
      say("trace", trace.toString().contains("gold"));
      say("all", all.keySet());
      say("queued", queued);
      say("later", later.join());
      say("flags", flags.size());
    }
    SplitFactory local = SplitFactory.create("localhost");
    local.blockUntilReady(Duration.ofSeconds(5));
    say("local", local.client().getTreatment("user-1", "reserved"));
  }

  private static void say(String name, Object value) {
    System.out.println(name + ": " + value);
  }
}
