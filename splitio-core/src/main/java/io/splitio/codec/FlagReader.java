package io.splitio.codec;

import io.splitio.flag.Relation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one feature flag (evaluation specification 1.2). */
final class FlagReader {
  private final Json json;
  private final ConditionReader conditions;

  FlagReader(Json json) {
    this.json = json;
    this.conditions = new ConditionReader(json);
  }

  /** The flag whose object was just entered. */
  FlagDraft read() throws IOException {
    FlagDraft draft = new FlagDraft();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      if (!draft.identity.read(field, json)) {
        read(field, draft);
      }
    }
    return draft;
  }

  private void read(String field, FlagDraft draft) throws IOException {
    switch (field) {
      case "killed" -> draft.killed = Boolean.TRUE.equals(json.bool(field));
      case "defaultTreatment" -> draft.defaultTreatment = json.sharedText(field);
      case "algo" -> draft.algo = orZero(json.smallNumber(field));
      case "seed" -> draft.seed = orZero(json.seed(field));
      case "trafficAllocation" -> draft.allocation = json.smallNumber(field);
      case "trafficAllocationSeed" -> draft.allocationSeed = orZero(json.seed(field));
      case "configurations" -> draft.configs = readConfigs();
      case "sets" -> draft.sets = readSets();
      case "impressionsDisabled" ->
          draft.impressionsDisabled = Boolean.TRUE.equals(json.bool(field));
      case "prerequisites" -> draft.prerequisites = readPrerequisites();
      case "conditions" -> draft.conditions = conditions.readAll();
      default -> json.skip();
    }
  }

  private Map<String, String> readConfigs() throws IOException {
    if (!json.beginObject("configurations")) {
      return Map.of();
    }
    Map<String, String> configs = new HashMap<>();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      String config = json.text("configurations." + field);
      if (config != null) {
        configs.put(json.share(field), config);
      }
    }
    return configs;
  }

  private Set<String> readSets() throws IOException {
    List<String> sets = json.texts("sets");
    if (sets == null) {
      return Set.of();
    }
    sets.replaceAll(json::share);
    return Set.copyOf(sets);
  }

  private List<Relation.InTreatment> readPrerequisites() throws IOException {
    if (!json.beginArray("prerequisites")) {
      return List.of();
    }
    List<Relation.InTreatment> prerequisites = new ArrayList<>();
    while (json.nextElement()) {
      if (json.isNull()) {
        json.note("a prerequisite is null");
      } else if (json.beginObject("a prerequisite")) {
        readPrerequisite(prerequisites);
      }
    }
    return prerequisites;
  }

  private void readPrerequisite(List<Relation.InTreatment> prerequisites) throws IOException {
    String flag = null;
    List<String> treatments = null;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "n" -> flag = json.text("prerequisites.n");
        case "ts" -> treatments = json.texts("prerequisites.ts");
        default -> json.skip();
      }
    }
    if (flag == null) {
      json.note("a prerequisite has no n, the name of a flag");
      return;
    }
    prerequisites.add(new Relation.InTreatment(flag, treatments == null ? List.of() : treatments));
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
