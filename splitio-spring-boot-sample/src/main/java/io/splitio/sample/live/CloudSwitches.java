package io.splitio.sample.live;

import io.splitio.api.SplitManager;
import io.splitio.api.SplitView;
import io.splitio.fake.SplitCloud;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Flips flags in the cloud, as somebody would in Split's console. */
@Component
@Profile("live")
final class CloudSwitches implements Switches {
  private final SplitCloud cloud;
  private final FlagFile file;
  private final SplitManager manager;

  CloudSwitches(SplitCloud cloud, FlagFile file, SplitManager manager) {
    this.cloud = cloud;
    this.file = file;
    this.manager = manager;
  }

  @Override
  public String place() {
    return "a Split cloud";
  }

  @Override
  public Map<String, Switch> all() {
    return manager.splits().stream().collect(Collectors.toMap(SplitView::name, Switch::of));
  }

  /** Kills the flag. */
  @Override
  public void giveEverybody(String flag, String treatment) {
    Switch known = all().get(flag);
    if (known != null && known.treatments().contains(treatment)) {
      cloud.flags().kill(flag, treatment);
    }
  }

  @Override
  public void letRulesDecide(String flag) {
    String definition = file.flags().get(flag);
    if (definition != null) {
      cloud.flags().put(definition);
    }
  }
}
