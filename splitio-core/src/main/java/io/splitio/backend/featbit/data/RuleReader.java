package io.splitio.backend.featbit.data;

import io.splitio.backend.featbit.rule.ConditionDefinition;
import io.splitio.backend.featbit.rule.FlagDefinition.Portion;
import io.splitio.backend.featbit.rule.FlagDefinition.Rule;
import io.splitio.backend.featbit.rule.FlagDefinition.Serving;
import io.splitio.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rules: their conditions, and what is served. */
final class RuleReader {
  private final Json json;

  RuleReader(Json json) {
    this.json = json;
  }

  /** What is collected while an object is read. */
  private static final class Draft {
    private List<ConditionDefinition> conditions = List.of();
    private @Nullable String dispatchKey;
    private boolean experiment;
    private List<Portion> portions = List.of();

    private Serving serving() {
      return new Serving(dispatchKey, experiment, portions);
    }
  }

  /** The rules of a flag. */
  List<Rule> rules() throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (Draft draft : drafts()) {
      rules.add(new Rule(draft.conditions, draft.serving()));
    }
    return rules;
  }

  /** The rules of a segment, which serve nothing. */
  List<List<ConditionDefinition>> conditionsOfRules() throws IOException {
    List<List<ConditionDefinition>> rules = new ArrayList<>();
    drafts().forEach(draft -> rules.add(draft.conditions));
    return rules;
  }

  /** What is served when no rule is for a user. */
  Serving serving() throws IOException {
    return json.beginObject("fallthrough")
        ? draft().serving()
        : new Serving(null, false, List.of());
  }

  private List<Draft> drafts() throws IOException {
    List<Draft> drafts = new ArrayList<>();
    if (json.beginArray("rules")) {
      while (json.nextElement()) {
        if (json.beginObject("a rule")) {
          drafts.add(draft());
        }
      }
    }
    return drafts;
  }

  private Draft draft() throws IOException {
    Draft draft = new Draft();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "dispatchKey" -> draft.dispatchKey = json.sharedText(field);
        case "includedInExpt" -> draft.experiment = Header.isTrue(field, json);
        case "conditions" -> draft.conditions = conditions();
        case "variations" -> draft.portions = portions();
        default -> json.skip();
      }
    }
    return draft;
  }

  private List<ConditionDefinition> conditions() throws IOException {
    List<ConditionDefinition> conditions = new ArrayList<>();
    if (json.beginArray("conditions")) {
      while (json.nextElement()) {
        if (json.isNull()) {
          json.note("a condition is null"); // without it the rule would be for more users
        }
        if (json.beginObject("a condition")) {
          conditions.add(condition());
        }
      }
    }
    return conditions;
  }

  private ConditionDefinition condition() throws IOException {
    String property = null;
    String operator = null;
    String value = null;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "property" -> property = json.sharedText(field);
        case "op" -> operator = json.sharedText(field);
        case "value" -> value = json.sharedText(field);
        default -> json.skip();
      }
    }
    return new ConditionDefinition(property, operator, value);
  }

  private List<Portion> portions() throws IOException {
    List<Portion> portions = new ArrayList<>();
    if (json.beginArray("variations")) {
      while (json.nextElement()) {
        if (json.beginObject("a variation of a rule")) {
          portions.add(portion());
        }
      }
    }
    return portions;
  }

  private Portion portion() throws IOException {
    String id = null;
    double experiment = 0;
    List<Double> rollout = List.of();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "id" -> id = json.sharedText(field);
        case "rollout" -> rollout = rollout();
        case "exptRollout" -> experiment = fraction();
        default -> json.skip();
      }
    }
    boolean interval = rollout.size() == 2;
    double from = interval ? rollout.get(0) : Double.NaN;
    double to = interval ? rollout.get(1) : Double.NaN;
    return new Portion(id, from, to, Double.isNaN(experiment) ? 0 : experiment);
  }

  /** An interval; one that is none matches nobody. */
  private List<Double> rollout() throws IOException {
    List<Double> ends = new ArrayList<>();
    if (!json.isArray()) {
      json.skip();
      return ends;
    }
    while (json.nextElement()) {
      ends.add(fraction());
    }
    return ends;
  }

  private double fraction() throws IOException {
    String text = json.isNumber() ? json.text("a number") : null;
    if (text == null) {
      json.skip();
      return Double.NaN;
    }
    return Double.parseDouble(text);
  }
}
