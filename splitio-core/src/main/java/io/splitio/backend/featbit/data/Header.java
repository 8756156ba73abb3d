package io.splitio.backend.featbit.data;

import io.splitio.json.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What flags and segments have in common. */
final class Header {
  private final String identity;
  @Nullable String id;
  @Nullable String key;
  @Nullable String name;
  private @Nullable String updatedAt;
  private boolean archived;

  /** Of an item that others know by a field. */
  Header(String identity) {
    this.identity = identity;
  }

  /** Reads a field if it belongs here. */
  boolean read(String field, Json json) throws IOException {
    switch (field) {
      case "id" -> id = textOnly(field, json);
      case "key" -> key = textOnly(field, json);
      case "name" -> name = json.text(field);
      case "updatedAt" -> updatedAt = json.text(field);
      case "isArchived" -> archived = isTrue(field, json);
      default -> {
        return false;
      }
    }
    return true;
  }

  boolean archived() {
    return archived;
  }

  /** When it was changed. */
  long version() {
    Long version = updatedAt == null ? null : Timestamps.millis(updatedAt);
    if (version == null) {
      throw new IllegalArgumentException(
          "its updatedAt is " + updatedAt + "; it must be a time such as 2025-03-01T10:00:00.123Z");
    }
    return version;
  }

  /** One that is not there is false; a text is none, whatever it says. */
  static boolean isTrue(String field, Json json) throws IOException {
    if (json.isText()) {
      json.note(field + " is a text; it must be true or false");
      json.skip();
      return false;
    }
    return Boolean.TRUE.equals(json.bool(field));
  }

  /** What others know an item by must be a text, and no number. */
  private @Nullable String textOnly(String field, Json json) throws IOException {
    if (json.isText() || json.isNull() || !field.equals(identity)) {
      return json.text(field);
    }
    json.note(field + " is no text");
    json.skip();
    return null;
  }

  /** A list that is not there is empty. */
  static List<String> texts(String field, Json json) throws IOException {
    List<String> texts = json.texts(field);
    return texts == null ? List.of() : texts;
  }
}
