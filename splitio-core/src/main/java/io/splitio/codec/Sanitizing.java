package io.splitio.codec;

import io.splitio.api.Evaluation;
import io.splitio.codec.ConditionDraft.Share;
import io.splitio.flag.Condition;
import io.splitio.flag.Labels;
import io.splitio.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is mended in a document before its definitions are compiled. */
public enum Sanitizing {
  /** Nothing: the document comes from a Split service. */
  NONE {
    @Override
    Json prepare(Json json) {
      return json;
    }

    @Override
    void mend(FlagDraft flag) {}

    @Override
    void mend(RuleBasedSegmentDraft segment) {}

    @Override
    Range mend(Range range) {
      return range;
    }
  },

  /** Lists that hold nothing: the Split Synchronizer stores them as null. */
  STORED {
    @Override
    Json prepare(Json json) {
      return json;
    }

    @Override
    void mend(FlagDraft flag) {
      if (flag.conditions == null) {
        flag.conditions = List.of();
      }
    }

    @Override
    void mend(RuleBasedSegmentDraft segment) {
      if (segment.conditions == null) {
        segment.conditions = List.of();
      }
    }

    @Override
    Range mend(Range range) {
      return range;
    }
  },

  /** What people leave out or get wrong in files (evaluation specification 12.4 and 12.5). */
  LOCALHOST {
    @Override
    Json prepare(Json json) {
      return json.withoutDuplicates();
    }

    @Override
    void mend(FlagDraft flag) {
      mendIdentity(flag.identity);
      if (flag.allocation == null || flag.allocation < 0 || flag.allocation > 100) {
        flag.allocation = 100;
      }
      flag.allocationSeed = orStable(flag.allocationSeed, flag.identity.name, 31);
      flag.seed = orStable(flag.seed, flag.identity.name, 17);
      flag.algo = 2;
      if (flag.defaultTreatment == null || flag.defaultTreatment.isEmpty()) {
        flag.defaultTreatment = Evaluation.CONTROL;
      }
      flag.conditions = withRuleForAll(flag.conditions);
    }

    @Override
    void mend(RuleBasedSegmentDraft segment) {
      mendIdentity(segment.identity);
      if (segment.conditions == null) {
        segment.conditions = List.of();
      }
    }

    @Override
    Range mend(Range range) {
      long till = range.till < -1 || range.till == 0 ? -1 : range.till;
      return new Range(range.since < -1 || range.since > till ? till : range.since, till);
    }
  };

  private static final Set<String> STATUSES = Set.of("ACTIVE", "ARCHIVED");
  private static final List<Share> OFF = List.of(new Share("off", 100), new Share("on", 0));

  /** The versions a section starts from and leads to. */
  record Range(long since, long till) {}

  abstract Json prepare(Json json);

  abstract void mend(FlagDraft flag);

  abstract void mend(RuleBasedSegmentDraft segment);

  abstract Range mend(Range range);

  private static void mendIdentity(Identity identity) {
    if (identity.name != null && identity.name.isBlank()) {
      identity.name = null;
    }
    if (identity.trafficType == null || identity.trafficType.isEmpty()) {
      identity.trafficType = "user";
    }
    if (identity.status == null || !STATUSES.contains(identity.status)) {
      identity.status = "ACTIVE";
    }
    identity.changeNumber = Math.max(0, identity.changeNumber);
  }

  /** A seed that is not 0: the same for the same name, now and after a restart. */
  private static int orStable(int seed, @Nullable String name, int salt) {
    return seed != 0 || name == null ? seed : name.hashCode() * salt | 1;
  }

  private static List<ConditionDraft> withRuleForAll(@Nullable List<ConditionDraft> conditions) {
    List<ConditionDraft> all = conditions == null ? new ArrayList<>() : conditions;
    ConditionDraft last = all.isEmpty() ? null : all.get(all.size() - 1);
    if (last == null || last.type != Condition.Type.ROLLOUT || !last.isForAllKeys()) {
      all.add(ConditionDraft.forAllKeys(Labels.DEFAULT_RULE, OFF));
    }
    return all;
  }
}
