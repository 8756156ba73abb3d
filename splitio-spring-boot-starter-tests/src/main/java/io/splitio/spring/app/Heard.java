package io.splitio.spring.app;

import io.splitio.api.Impression;
import io.splitio.api.ImpressionListener;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.springframework.stereotype.Component;

/** Remembers who was served what, and by which instance. */
@Component
final class Heard implements ImpressionListener {
  private final Set<String> impressions = new ConcurrentSkipListSet<>();

  @Override
  public void log(Impression impression) {
    impressions.add(
        impression.matchingKey()
            + " "
            + impression.flag()
            + " "
            + impression.treatment()
            + " "
            + impression.instanceId());
  }

  Set<String> impressions() {
    return impressions;
  }
}
