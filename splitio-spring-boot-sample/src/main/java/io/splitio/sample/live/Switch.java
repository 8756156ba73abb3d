package io.splitio.sample.live;

import io.splitio.api.SplitView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one flag can be flipped.
 *
 * @param treatments what everybody can be given
 * @param everybody what everybody gets now, or null when the rules decide
 */
public record Switch(List<String> treatments, @Nullable String everybody) {

  /** The switch as it stands by what the SDK knows, which is what has arrived over the stream. */
  public static Switch of(SplitView flag) {
    return new Switch(
        flag.treatments().stream().sorted().toList(),
        flag.killed() ? flag.defaultTreatment() : null);
  }
}
