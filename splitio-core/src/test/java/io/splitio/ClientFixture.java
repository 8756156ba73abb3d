package io.splitio;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.dependsOn;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.rollout;
import static io.splitio.testing.JsonText.with;

import io.splitio.api.Impression;
import io.splitio.api.SplitClient;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Clients of a few flags, what they record, and what they log. */
final class ClientFixture implements AutoCloseable {
  static final String DEFINITIONS =
      changes(
          with(flag("on1", rollout("on", allKeys())), "sets", List.of("back", "_odd")),
          with(flag("on2", rollout("on", allKeys())), "sets", List.of("back", "0_")),
          with(flag("quiet", rollout("on", allKeys())), "impressionsDisabled", true),
          with(flag("killed"), "killed", true),
          with(flag("shout", rollout("on", allKeys())), "sets", List.of("UPPER")),
          flag(
              "fails",
              Map.of(
                  "conditionType",
                  "ROLLOUT",
                  "matcherGroup",
                  object("combiner", "OR", "matchers", List.of(allKeys())))),
          flag("depends", rollout("on", dependsOn("on1", "on"))));

  final List<Impression> heard = new CopyOnWriteArrayList<>();
  private final List<SplitFactory> factories = new ArrayList<>();
  final LogCapture log = LogCapture.warnings();
  final SplitConfig config =
      SplitConfig.defaults().withoutShutdownHook().withImpressionListener(heard::add);

  @Override
  public void close() {
    factories.forEach(SplitFactory::close);
    log.close();
  }

  SplitFactory made(Definitions definitions, SplitConfig settings) {
    SplitFactory factory = SplitFactory.create(definitions, settings);
    factories.add(factory);
    return factory;
  }

  SplitClient client() {
    return made(Definitions.of(DEFINITIONS), config).client();
  }

  /** Destroying waits for the listener, so that everything is heard afterwards. */
  List<String> impressions() {
    factories.forEach(SplitFactory::destroy);
    return heard.stream()
        .map(i -> i.flag() + "=" + i.treatment() + " (" + i.label() + ") " + i.changeNumber())
        .toList();
  }

  List<String> logged(String level) {
    return log.lines().stream().filter(line -> line.startsWith(level)).toList();
  }
}
