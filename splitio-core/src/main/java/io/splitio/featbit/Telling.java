package io.splitio.featbit;

import io.splitio.client.Decisions;
import io.splitio.record.Event.Insight;
import io.splitio.record.Event.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells FeatBit what the application says of users (FeatBit specification 6.2). */
final class Telling {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");

  private final Decisions decisions;
  private final AtomicBoolean warned = new AtomicBoolean();

  Telling(Decisions decisions) {
    this.decisions = decisions;
  }

  boolean user(@Nullable FeatBitUser user) {
    if (user == null) {
      return refused("identify", "the user is null");
    }
    return decisions.tell(new Insight(user.person(), List.of()));
  }

  boolean metrics(
      @Nullable FeatBitUser user, @Nullable Map<String, ? extends @Nullable Number> metrics) {
    if (user == null || metrics == null) {
      return refused("trackMetric", (user == null ? "the user is" : "the metrics are") + " null");
    }
    List<Metric> valid = new ArrayList<>();
    try {
      metrics.forEach(
          (name, value) -> {
            if (isMetric(name, value)) {
              valid.add(new Metric(name, value.doubleValue()));
            }
          });
    } catch (RuntimeException | StackOverflowError hostile) { // a map of the application's
      return refused("trackMetric", "the metrics fail with " + hostile.getClass().getName());
    }
    return !valid.isEmpty() && decisions.tell(new Insight(user.person(), List.copyOf(valid)));
  }

  private boolean isMetric(@Nullable String name, @Nullable Number value) {
    if (name == null || name.isBlank()) {
      return refused("trackMetric", "the name of the event is blank");
    }
    if (value == null || !Double.isFinite(value.doubleValue())) {
      return refused("trackMetric", "the value is " + value + "; it must be a finite number");
    }
    return true;
  }

  /** The first time it is a warning. */
  private boolean refused(String method, String why) {
    Level level = warned.compareAndSet(false, true) ? Level.WARN : Level.DEBUG;
    log.atLevel(level).log("{}: {}; nothing is sent of it", method, why);
    return false;
  }
}
