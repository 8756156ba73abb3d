package io.splitio.client;

import io.splitio.api.Key;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.engine.Query;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which questions are answered at all, and what is looked up for them (evaluation specification
 * 3.3, 8.4 and 8.5).
 *
 * <p>The order of the checks is the official Java SDK's: readiness is only warned of, then the end
 * of the instance, the key, the names.
 */
public final class Questions {
  private final Readiness readiness;
  private final Telemetry telemetry;
  private final Set<String> flagSets;
  private final InputCheck check;

  /** Questions to an SDK that loads only the given flag sets, or all flags if there are none. */
  public Questions(Readiness readiness, Telemetry telemetry, Collection<String> flagSets) {
    this.readiness = readiness;
    this.telemetry = telemetry;
    this.flagSets = new InputCheck(Set.of()).validSets("flagSets", flagSets);
    this.check = new InputCheck(this.flagSets);
  }

  /** The flag sets to load, those that are not valid left out; empty means all flags. */
  public Set<String> flagSets() {
    return flagSets;
  }

  InputCheck check() {
    return check;
  }

  /** Whether the instance and the key allow an answer. */
  boolean areAnswered(Method method, @Nullable Key key) {
    if (!readiness.isReady()) {
      telemetry.count(Counter.NOT_READY_USES);
      check.warn(
          method.methodName(),
          "the SDK is not ready; the answer may be control. Wait with blockUntilReady()");
    }
    if (readiness.isDestroyed()) {
      check.error(method, "the SDK is destroyed; the answer is control");
      return false;
    }
    return check.isKey(method, key);
  }

  /** The name of the flag to look up, or null when the question is not answered. */
  @Nullable String flag(Method method, @Nullable Key key, @Nullable String flag) {
    return areAnswered(method, key) ? check.flagName(method.methodName(), flag) : null;
  }

  /** What to look up, or null when the question is not answered. */
  @Nullable Query query(TreatmentRequest request) {
    Method method = request.method();
    if (method.asksBySet()) {
      Set<String> sets = check.flagSets(method, request.names());
      boolean answered = !sets.isEmpty() && areAnswered(method, request.key());
      return answered ? new Query(matchingKey(request), List.of(), sets, false) : null;
    }
    Collection<String> names = request.names();
    if (names == null || names.isEmpty()) {
      check.error(method, "no flag names given; name at least one");
      return null;
    }
    return areAnswered(method, request.key())
        ? new Query(matchingKey(request), check.flagNames(method, names), List.of(), false)
        : null;
  }

  /** Everything, for one key. */
  static Query everything(Key key) {
    return new Query(key.matchingKey(), List.of(), List.of(), true);
  }

  /** One flag, for one key. */
  static Query one(Key key, String flag) {
    return new Query(key.matchingKey(), List.of(flag), List.of(), false);
  }

  private static String matchingKey(TreatmentRequest request) {
    Key key = request.key();
    return key == null ? "" : key.matchingKey();
  }
}
