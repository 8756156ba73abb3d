package io.splitio.backend.redis.read;

import io.splitio.api.DateUnit;
import io.splitio.backend.redis.settings.RedisKeys;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.codec.Changes;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.log.LogSafe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is held of Redis in memory.
 *
 * @param keys the names of keys
 * @param push whether Redis tells of changes
 * @param flags flags
 * @param ruleBased rule-based segments
 * @param flagSets the names in flag sets
 * @param members who is in which segment
 * @param wipe whether all of it was just emptied
 */
record Local(
    RedisKeys keys,
    Push push,
    Copies<FeatureFlag> flags,
    Copies<RuleBasedSegment> ruleBased,
    Copies<Set<String>> flagSets,
    Members members,
    Wipe wipe) {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  /** Nothing yet. */
  static Local copies(RedisSettings settings, DateUnit dateUnit) {
    RedisKeys keys = settings.keys();
    Push push = new Push();
    long fresh = TimeUnit.NANOSECONDS.convert(settings.times().copies());
    ChangesReader reader = new ChangesReader(dateUnit, Sanitizing.STORED);
    return new Local(
        keys,
        push,
        new Copies<>(
            keys::flag,
            (name, stored) -> named(name, only(reader.readFlag(stored)), FeatureFlag::name),
            fresh,
            push),
        new Copies<>(
            keys::ruleBasedSegment,
            (name, stored) ->
                named(name, only(reader.readRuleBasedSegment(stored)), RuleBasedSegment::name),
            fresh,
            push,
            Local::tellMissing),
        new Copies<>(keys::flagSet, (name, stored) -> null, fresh, push),
        new Members(push),
        new Wipe(TimeUnit.NANOSECONDS.convert(settings.times().grace())));
  }

  private static void tellMissing(String ruleBasedSegment) {
    log.warn(
        "Rule-based segment {} is asked about, and is not in Redis: nobody is a member of it",
        LogSafe.quote(ruleBasedSegment));
  }

  /** Redis tells of changes from now on; of what was before, nothing is known for sure. */
  void toldFromNowOn() {
    push.begins();
    outdated();
  }

  /** Anything may have changed, whoever says so, and whether Redis tells of changes or not. */
  void doubted() {
    push.doubted();
    outdated();
  }

  private void outdated() {
    flags.outdated();
    ruleBased.outdated();
    flagSets.outdated();
  }

  /** Redis tells of no changes any more. */
  void toldNoMore() {
    push.ends();
  }

  /**
   * Compares the versions of what is stored with those of the last time.
   *
   * @return whether Redis should have told of changes, and did not
   */
  boolean compare(List<String> versions) {
    boolean missed = push.missed(versions);
    if (missed) {
      log.warn(
          "Flags changed, and Redis did not tell. All local copies are asked about anew; is"
              + " something between this process and Redis that keeps messages back?");
      doubted();
    }
    return missed;
  }

  /** What is stored under a key changed. */
  void changed(String key) {
    if (key.startsWith(keys.flag(""))) {
      flags.outdated(key.substring(keys.flag("").length()));
    } else if (key.startsWith(keys.ruleBasedSegment(""))) {
      ruleBased.outdated(key.substring(keys.ruleBasedSegment("").length()));
    } else if (key.startsWith(keys.flagSet(""))) {
      flagSets.outdated(key.substring(keys.flagSet("").length()));
    } else if (key.startsWith(keys.segment(""))) {
      members.outdated(key.substring(keys.segment("").length()));
      return; // memberships are looked up one by one
    } else if (key.equals(keys.hash())) {
      doubted();
    }
    push.changed();
  }

  /** What goes by another name than its key would be found under neither. */
  private static <T> @Nullable T named(String key, @Nullable T definition, Function<T, String> name)
      throws IOException {
    if (definition != null && !name.apply(definition).equals(key)) {
      throw new IOException("it is named " + LogSafe.quote(name.apply(definition)));
    }
    return definition;
  }

  private static <T> @Nullable T only(Changes.Section<T> section) throws IOException {
    if (!section.rejected().isEmpty()) {
      throw new IOException(section.rejected().get(0).reason());
    }
    for (Changes.Trouble trouble : section.unsupported()) {
      log.warn(
          "The definition {} has something this SDK does not support: {}",
          LogSafe.part(String.valueOf(trouble.name())),
          LogSafe.part(trouble.reason()));
    }
    return section.active().isEmpty() ? null : section.active().get(0);
  }

  /** All definitions there are. */
  Snapshot everything() {
    List<FeatureFlag> allFlags = new ArrayList<>();
    List<RuleBasedSegment> allRules = new ArrayList<>();
    flags.forEach((name, flag) -> allFlags.add(flag));
    ruleBased.forEach((name, rules) -> allRules.add(rules));
    return Change.flags(allFlags, List.of(), -1)
        .and(Change.ruleBasedSegments(allRules, List.of(), -1))
        .applyTo(Snapshot.EMPTY);
  }
}
