package io.splitio.backend.featbit.data;

import io.splitio.backend.featbit.rule.FlagDefinition;
import io.splitio.backend.featbit.rule.FlagDefinition.Rule;
import io.splitio.backend.featbit.rule.FlagDefinition.Serving;
import io.splitio.backend.featbit.rule.FlagDefinition.Target;
import io.splitio.backend.featbit.rule.FlagDefinition.Value;
import io.splitio.flag.FeatureFlag;
import io.splitio.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one flag, whose object was just entered (FeatBit specification 2.4). Used once. */
final class FlagReader implements ItemReader<FeatureFlag> {
  private static final Set<String> TYPES = Set.of("boolean", "number", "json");

  private final Json json;
  private final Header header = new Header("key");
  private final RuleReader ruleReader;
  private String type = "string";
  private boolean on;
  private @Nullable String disabledVariationId;
  private boolean experimentForAll;
  private List<Value> variations = List.of();
  private List<Target> targets = List.of();
  private List<Rule> rules = List.of();
  private Serving fallthrough = new Serving(null, false, List.of());

  FlagReader(Json json) {
    this.json = json;
    this.ruleReader = new RuleReader(json);
  }

  @Override
  public void read() throws IOException {
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      if (!header.read(field, json)) {
        read(field);
      }
    }
  }

  private void read(String field) throws IOException {
    switch (field) {
      case "variationType" -> type = orString(json.sharedText(field));
      case "isEnabled" -> on = Header.isTrue(field, json);
      case "disabledVariationId" -> disabledVariationId = json.text(field);
      case "exptIncludeAllTargets" -> experimentForAll = Header.isTrue(field, json);
      case "variations" -> variations = variations();
      case "targetUsers" -> targets = targets();
      case "rules" -> rules = ruleReader.rules();
      case "fallthrough" -> fallthrough = ruleReader.serving();
      default -> json.skip();
    }
  }

  /** What is of no known type is text. */
  private static String orString(@Nullable String type) {
    return type != null && TYPES.contains(type) ? type : "string";
  }

  private List<Value> variations() throws IOException {
    List<Value> values = new ArrayList<>();
    if (json.beginArray("variations")) {
      while (json.nextElement()) {
        if (json.beginObject("a variation")) {
          addVariation(values);
        }
      }
    }
    return values;
  }

  private void addVariation(List<Value> values) throws IOException {
    String id = null;
    String value = null;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "id" -> id = json.sharedText(field);
        case "value" -> value = json.sharedText(field);
        default -> json.skip();
      }
    }
    if (id != null && value != null) {
      values.add(new Value(id, value));
    }
  }

  private List<Target> targets() throws IOException {
    List<Target> all = new ArrayList<>();
    if (json.beginArray("targetUsers")) {
      while (json.nextElement()) {
        if (json.beginObject("a target")) {
          all.add(target());
        }
      }
    }
    return all;
  }

  private Target target() throws IOException {
    List<String> keys = List.of();
    String variationId = null;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "keyIds" -> keys = Header.texts(field, json);
        case "variationId" -> variationId = json.sharedText(field);
        default -> json.skip();
      }
    }
    return new Target(keys, variationId);
  }

  @Override
  public @Nullable String name() {
    return header.key;
  }

  @Override
  public Item<FeatureFlag> item() {
    if (header.key == null) {
      throw new IllegalArgumentException("it has no key");
    }
    FeatureFlag flag = header.archived() ? null : definition(header.key).compile();
    return new Item<>(header.key, header.version(), flag);
  }

  private FlagDefinition definition(String key) {
    return new FlagDefinition(
        key,
        header.version(),
        header.name == null ? key : header.name,
        type,
        on,
        disabledVariationId,
        experimentForAll,
        variations,
        targets,
        rules,
        fallthrough);
  }
}
