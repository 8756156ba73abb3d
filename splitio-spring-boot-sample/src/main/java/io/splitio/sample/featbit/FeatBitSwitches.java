package io.splitio.sample.featbit;

import io.splitio.api.SplitManager;
import io.splitio.api.SplitView;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.sample.live.Switch;
import io.splitio.sample.live.Switches;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Flips flags in FeatBit, as somebody would in its console. */
@Component
@Profile("featbit")
final class FeatBitSwitches implements Switches {
  private final FeatBitServer server;
  private final VariationNames names;
  private final SplitManager manager;

  FeatBitSwitches(FeatBitServer server, VariationNames names, SplitManager manager) {
    this.server = server;
    this.names = names;
    this.manager = manager;
  }

  @Override
  public String place() {
    return "a FeatBit server";
  }

  @Override
  public Map<String, Switch> all() {
    return manager.splits().stream().collect(Collectors.toMap(SplitView::name, this::of));
  }

  /** By what the SDK knows, which is what has arrived over the WebSocket. */
  private Switch of(SplitView flag) {
    Map<String, String> values = names.values().getOrDefault(flag.name(), Map.of());
    return new Switch(
        List.copyOf(values.keySet()), flag.killed() ? name(values, flag.defaultTreatment()) : null);
  }

  private static @Nullable String name(Map<String, String> values, String value) {
    return values.entrySet().stream()
        .filter(variation -> variation.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** Turns the flag off, with the variation for everybody. */
  @Override
  public void giveEverybody(String flag, String variation) {
    if (names.values().getOrDefault(flag, Map.of()).containsKey(variation)) {
      server.changeFlag(flag, Map.of("isEnabled", false, "disabledVariationId", variation));
    }
  }

  @Override
  public void letRulesDecide(String flag) {
    String disabled = names.disabled().get(flag);
    if (disabled != null) {
      server.changeFlag(flag, Map.of("isEnabled", true, "disabledVariationId", disabled));
    }
  }
}
