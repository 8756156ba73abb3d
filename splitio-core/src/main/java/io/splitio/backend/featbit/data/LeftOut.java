package io.splitio.backend.featbit.data;

import io.splitio.log.LogSafe;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of items that cannot be used: of a few in each message, and of none twice. For one lane.
 */
public final class LeftOut {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");
  private static final int MOST_LINES = 10;
  private static final int MOST_KNOWN = 1_000;

  private final Set<String> told = new HashSet<>();

  /** Nothing was told yet. */
  public LeftOut() {}

  /** Tells of those of one message. */
  public void tell(Collection<DataSync.Rejected> items) {
    int lines = 0;
    int more = 0;
    for (DataSync.Rejected item : items) {
      String problem = LogSafe.line(item.problem());
      if (told.contains(problem)) {
        log.debug("Left out again: {}", problem);
      } else if (lines < MOST_LINES) {
        lines++;
        log.warn("Left out: {}", problem);
        remember(problem);
      } else {
        more++;
        log.debug("Left out: {}", problem);
      }
    }
    if (more > 0) {
      log.warn("{} more items are left out; the log at debug level says which", more);
    }
  }

  private void remember(String problem) {
    if (told.size() < MOST_KNOWN) {
      told.add(problem);
    }
  }
}
