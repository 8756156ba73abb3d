package io.splitio.sample.redis;

import io.splitio.api.SplitManager;
import io.splitio.api.SplitView;
import io.splitio.sample.live.FlagFile;
import io.splitio.sample.live.Switch;
import io.splitio.sample.live.Switches;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Flips flags in Redis, as the Synchronizer would after somebody did in Split's console. */
@Component
@Profile("redis")
final class RedisSwitches implements Switches {
  private final Synchronizer synchronizer;
  private final FlagFile file;
  private final SplitManager manager;

  RedisSwitches(Synchronizer synchronizer, FlagFile file, SplitManager manager) {
    this.synchronizer = synchronizer;
    this.file = file;
    this.manager = manager;
  }

  @Override
  public String place() {
    return "a Redis";
  }

  /** Those of the shop's own flags; the others are changed with redis-cli. */
  @Override
  public Map<String, Switch> all() {
    return manager.splits().stream()
        .filter(flag -> file.flags().containsKey(flag.name()))
        .collect(Collectors.toMap(SplitView::name, Switch::of));
  }

  /** Kills the flag. */
  @Override
  public void giveEverybody(String flag, String treatment) {
    Switch known = all().get(flag);
    if (known != null && known.treatments().contains(treatment)) {
      synchronizer.kill(flag, treatment);
    }
  }

  @Override
  public void letRulesDecide(String flag) {
    String definition = file.flags().get(flag);
    if (definition != null) {
      synchronizer.putFlag(definition);
    }
  }
}
