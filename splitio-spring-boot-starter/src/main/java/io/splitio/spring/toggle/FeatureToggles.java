package io.splitio.spring.toggle;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;

/**
 * What {@link FeatureToggle} does, for places that no proxy sees: calls within one object, private
 * methods, and parts of a method.
 *
 * <p>{@code splitio.toggle.on-treatments} and {@code splitio.toggle.on-control} hold here too.
 */
public final class FeatureToggles {
  private static final Logger LOG = LoggerFactory.getLogger("splitio.toggle");

  private static final SplitResult CONTROL = new SplitResult(Evaluation.CONTROL, null);

  private final AtomicBoolean warned = new AtomicBoolean();
  private final Supplier<@Nullable SplitClient> client;
  private final ToggleProperties properties;

  /** Asks the client that is supplied at each call; where that is null, there is no decision. */
  public FeatureToggles(Supplier<@Nullable SplitClient> client, ToggleProperties properties) {
    this.client = client;
    this.properties = properties;
  }

  /**
   * Whether the flag is on for the key.
   *
   * @throws FeatureDisabledException when there is no decision and on-control is THROW
   */
  public boolean isOn(String flag, String key) {
    return isOn(flag, Key.of(key), Map.of());
  }

  /**
   * Whether the flag is on for the key. Rules may look at the attributes.
   *
   * @throws FeatureDisabledException when there is no decision and on-control is THROW
   */
  public boolean isOn(String flag, Key key, Map<String, Object> attributes) {
    SplitResult result = ask(flag, key, attributes);
    if (properties.onTreatments().contains(result.treatment())) {
      return true;
    }
    return result.treatment().equals(Evaluation.CONTROL) && undecidedIsOn(flag, result);
  }

  /** Runs one of two pieces of code and answers what it returns. */
  public <T> T run(String flag, String key, Supplier<T> on, Supplier<T> off) {
    return isOn(flag, key) ? on.get() : off.get();
  }

  /** Runs one of two pieces of code. */
  public void run(String flag, String key, Runnable on, Runnable off) {
    (isOn(flag, key) ? on : off).run();
  }

  /** Runs one of two pieces of code and answers what it returns. Rules may look at attributes. */
  public <T> T run(
      String flag, Key key, Map<String, Object> attributes, Supplier<T> on, Supplier<T> off) {
    return isOn(flag, key, attributes) ? on.get() : off.get();
  }

  private SplitResult ask(String flag, Key key, Map<String, Object> attributes) {
    try {
      SplitClient asked = client.get();
      return asked == null
          ? unanswered(flag, "there is no SplitClient bean")
          : asked.evaluate(key, flag, attributes).result();
    } catch (RuntimeException e) { // there are several clients, or it is not the SDK's own
      LOG.debug("flag '{}' could not be evaluated", flag, e);
      return unanswered(flag, reason(e));
    }
  }

  private SplitResult unanswered(String flag, @Nullable String reason) {
    if (warned.compareAndSet(false, true)) {
      LOG.warn("flag '{}' could not be evaluated and is treated as control: {}", flag, reason);
    }
    return CONTROL;
  }

  /** Other messages may hold a user's data. */
  private static @Nullable String reason(RuntimeException e) {
    return e instanceof BeansException ? e.getMessage() : e.getClass().getName();
  }

  private boolean undecidedIsOn(String flag, SplitResult result) {
    if (properties.onControl() == OnControl.THROW) {
      throw new FeatureDisabledException(flag, result);
    }
    return properties.onControl() == OnControl.ON;
  }
}
