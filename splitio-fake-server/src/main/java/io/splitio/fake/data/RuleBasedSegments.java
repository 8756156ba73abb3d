package io.splitio.fake.data;

import io.splitio.fake.json.Json;
import java.util.Optional;

/** The rule-based segments of the service; every change gets a number and is announced. */
public final class RuleBasedSegments {
  private final Definitions definitions;
  private final ChangeListener listener;

  /** No segments yet. */
  public RuleBasedSegments(ChangeNumbers numbers, ChangeListener listener) {
    this.definitions = new Definitions(numbers);
    this.listener = listener;
  }

  /** Creates or replaces a rule-based segment; returns the change number. */
  public long put(RuleBasedSegment segment) {
    return put(segment.json());
  }

  /**
   * Creates or replaces a rule-based segment given as the protocol's JSON, whose change number is
   * replaced by the next one, which is returned.
   */
  public long put(String json) {
    return definitions.put(Json.object(json), this::announce);
  }

  /** Archives a rule-based segment; returns the change number. */
  public long archive(String name) {
    return definitions.change(
        name,
        fields -> {
          fields.put("status", "ARCHIVED");
          return fields;
        },
        this::announce);
  }

  /** The definition as JSON; empty when it never was. */
  public Optional<String> get(String name) {
    return definitions.get(name);
  }

  /** The number of the last change, -1 when there was none. */
  public long changeNumber() {
    return everything().till();
  }

  /** All rule-based segments, archived ones included. */
  public Page everything() {
    return definitions.everything();
  }

  /** All rule-based segments as the content delivery network knows them. */
  public Page cached() {
    return definitions.cached();
  }

  /** From now on the content delivery network knows nothing new. */
  public void freeze() {
    definitions.freeze();
  }

  /** The content delivery network is up to date again. */
  public void thaw() {
    definitions.thaw();
  }

  private void announce(Definitions.Change change) {
    Definition segment = change.definition();
    listener.ruleBasedSegmentChanged(segment.changeNumber(), change.previous(), segment);
  }
}
