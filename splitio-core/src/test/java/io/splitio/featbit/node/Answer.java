package io.splitio.featbit.node;

import io.splitio.api.Evaluation;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one of the clients answers.
 *
 * @param value the value as text, or null for the caller's default
 * @param reason why, in the words of this SDK, or what was thrown
 */
record Answer(@Nullable String value, String reason) {

  /** An answer of the client for Node.js, whose words for reasons are its own. */
  static Answer ofNode(Map<?, ?> json) {
    if (json.get("thrown") != null) {
      return new Answer(null, "throws " + json.get("thrown"));
    }
    Object value = json.get("value");
    return new Answer(
        value == null ? null : value.toString(), reason(Objects.toString(json.get("reason"))));
  }

  private static String reason(String theirs) {
    if (theirs.startsWith("match rule ")) {
      return "rule match";
    }
    if (theirs.startsWith("flag not found: ")) {
      return "flag not found";
    }
    return switch (theirs) {
      case "fall through targets and rules" -> "fall through all rules";
      case "malformed flag" -> "error in evaluation";
      case "type mismatch" -> "wrong type";
      default -> theirs;
    };
  }

  /** A decision of this SDK. */
  static Answer ofOurs(Evaluation decision) {
    if (decision.variation() != null) {
      return new Answer(decision.treatment(), Objects.toString(decision.label()));
    }
    String label = Objects.toString(decision.label());
    return new Answer(null, label.contains("not found") ? "flag not found" : "error in evaluation");
  }

  @Override
  public String toString() {
    return (value == null ? "the default" : "'" + value + "'") + ", " + reason;
  }
}
