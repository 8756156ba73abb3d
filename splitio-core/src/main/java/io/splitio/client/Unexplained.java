package io.splitio.client;

import io.splitio.api.Evaluation;
import io.splitio.api.Explanation;
import io.splitio.api.Explanation.Kind;
import io.splitio.api.Explanation.Step;
import io.splitio.api.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains why there is nothing to explain. */
final class Unexplained {
  private Unexplained() {}

  static Explanation because(
      String reason, @Nullable Key key, @Nullable String flag, Evaluation evaluation) {
    String matchingKey = key == null ? null : key.matchingKey();
    return new Explanation(
        flag == null ? "" : flag,
        matchingKey == null ? "" : matchingKey,
        key == null ? null : key.bucketingKey(),
        evaluation,
        List.of(new Step(Kind.QUESTION, reason, true, null, List.of())));
  }
}
