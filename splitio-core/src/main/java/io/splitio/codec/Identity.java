package io.splitio.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What flags and rule-based segments have in common: name, traffic type, status and version. */
final class Identity {
  @Nullable String name;
  @Nullable String trafficType;
  @Nullable String status;
  long changeNumber;

  /** Reads a field if it is one of these. */
  boolean read(String field, Json json) throws IOException {
    switch (field) {
      case "name" -> name = json.text(field);
      case "trafficTypeName" -> trafficType = json.sharedText(field);
      case "status" -> status = json.sharedText(field);
      case "changeNumber" -> {
        Long number = json.number(field);
        changeNumber = number == null ? 0 : number;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Whether it is in force. */
  boolean isActive() {
    return "ACTIVE".equals(status);
  }

  /** Whether it is said to be in force no more, or never again. */
  boolean isRetired() {
    return status != null && !isActive();
  }
}
