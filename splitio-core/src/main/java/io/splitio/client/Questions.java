package io.splitio.client;

import io.splitio.api.Key;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.engine.Query;
import io.splitio.flag.Names;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final String CONTROL = "the answer is control";

  private final Readiness readiness;
  private final Telemetry telemetry;
  private final Set<String> flagSets;
  private final Troubles troubles = Troubles.told();
  private final Map<Method, InputCheck> checks = new EnumMap<>(Method.class);
  private boolean anyFlagName; // written before anybody asks

  /** Questions to an SDK that loads only the given flag sets, or all flags if there are none. */
  public Questions(Readiness readiness, Telemetry telemetry, Collection<String> flagSets) {
    this.readiness = readiness;
    this.telemetry = telemetry;
    InputCheck setting = check("flagSets");
    this.flagSets = setting.flagSets(flagSets);
    if (this.flagSets.isEmpty() && !flagSets.isEmpty()) {
      setting.tell(Trouble.NO_FLAG_SET_LEFT, null);
    }
    for (Method method : Method.values()) {
      checks.put(method, check(method.methodName()));
    }
  }

  /** The flag sets to load, those that are not valid left out; empty means all flags. */
  public Set<String> flagSets() {
    return flagSets;
  }

  /** Flags are not Split's, and have whatever names their service allows. */
  public void allowAnyFlagName() {
    anyFlagName = true;
  }

  /** Whether a flag may have a name. */
  boolean isFlagName(String name) {
    return anyFlagName ? isPlain(name) : Names.isFlagName(name);
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty() && name.equals(name.trim());
  }

  /** Checks for a method that is not about treatments, or for a setting. */
  InputCheck check(String method) {
    return new InputCheck(troubles, method, this::isFlagName);
  }

  InputCheck check(Method method) {
    return Objects.requireNonNull(checks.get(method));
  }

  /** The name of the flag to look up, or null when the question is not answered. */
  @Nullable String flag(Method method, @Nullable Key key, @Nullable String flag) {
    InputCheck check = check(method);
    return areAnswered(check, key, flag) ? check.flagName(flag) : null;
  }

  /** What to look up, or null when the question is not answered. */
  @Nullable Query query(TreatmentRequest request) {
    return request.method().asksBySet() ? bySets(request) : byNames(request);
  }

  private @Nullable Query byNames(TreatmentRequest request) {
    InputCheck check = check(request.method());
    Collection<String> names = request.names();
    if (names == null) {
      check.tell(Trouble.NO_FLAG_NAMES, null);
      return null;
    }
    if (!areAnswered(check, request.key(), names)) {
      return null;
    }
    if (names.isEmpty()) {
      check.tell(Trouble.NO_FLAG_NAMES, null);
      return null;
    }
    return new Query(matchingKey(request), check.flagNames(names), List.of(), false);
  }

  private @Nullable Query bySets(TreatmentRequest request) {
    InputCheck check = check(request.method());
    Collection<String> names = request.names();
    if (names == null || names.isEmpty()) {
      check.tell(Trouble.NO_FLAG_SETS, null);
      return null;
    }
    Set<String> sets = loaded(check, check.flagSets(names));
    boolean answered = !sets.isEmpty() && areAnswered(check, request.key(), sets);
    return answered ? new Query(matchingKey(request), List.of(), sets, false) : null;
  }

  /** Those of the flag sets that this SDK loads. */
  private Set<String> loaded(InputCheck check, Set<String> sets) {
    if (!flagSets.isEmpty()) {
      for (String set : sets) {
        if (!flagSets.contains(set)) {
          check.tell(Trouble.FLAG_SET_NOT_LOADED, set, flagSets);
        }
      }
      sets.retainAll(flagSets);
    }
    return sets;
  }

  /** Whether the instance and the key allow an answer. */
  private boolean areAnswered(InputCheck check, @Nullable Key key, @Nullable Object asked) {
    noteReadiness(check, Trouble.NOT_READY, asked);
    if (readiness.isDestroyed()) {
      check.tell(Trouble.DESTROYED, null, CONTROL);
      return false;
    }
    return check.isKey(key);
  }

  /** Counts and tells when definitions are not there yet. */
  void noteReadiness(InputCheck check, Trouble trouble, @Nullable Object asked) {
    if (!readiness.isReady()) {
      telemetry.count(Counter.NOT_READY_USES);
      check.tell(trouble, null, asked);
    }
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
