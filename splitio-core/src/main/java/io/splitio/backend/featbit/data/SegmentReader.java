package io.splitio.backend.featbit.data;

import io.splitio.backend.featbit.rule.ConditionDefinition;
import io.splitio.backend.featbit.rule.SegmentDefinition;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.json.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one segment, whose object was just entered (FeatBit specification 2.4). Used once. */
final class SegmentReader implements ItemReader<RuleBasedSegment> {
  private final Json json;
  private final Header header = new Header("id");
  private List<String> included = List.of();
  private List<String> excluded = List.of();
  private List<List<ConditionDefinition>> rules = List.of();

  SegmentReader(Json json) {
    this.json = json;
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
      case "included" -> included = Header.texts(field, json);
      case "excluded" -> excluded = Header.texts(field, json);
      case "rules" -> rules = new RuleReader(json).conditionsOfRules();
      default -> json.skip();
    }
  }

  @Override
  public @Nullable String name() {
    return header.id;
  }

  @Override
  public Item<RuleBasedSegment> item() {
    if (header.id == null) {
      throw new IllegalArgumentException("it has no id");
    }
    long version = header.version();
    RuleBasedSegment segment =
        header.archived()
            ? null
            : new SegmentDefinition(header.id, version, included, excluded, rules).compile();
    return new Item<>(header.id, version, segment);
  }
}
