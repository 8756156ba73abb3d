package io.splitio.backend.featbit.data;

import io.splitio.log.LogSafe;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of items that cannot be used: of a few in each message, first those that are new, and of
 * none twice while there are few. Others are named once those that were are mended. For one lane.
 */
public final class LeftOut {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");
  private static final int MOST_LINES = 10;
  private static final int MOST_KNOWN = 1_000;

  private final Set<String> known = new HashSet<>();
  private final Set<String> told = new HashSet<>(); // of those that are known

  /** Nothing was told yet. */
  public LeftOut() {}

  /** Tells of those of one message. */
  public void tell(Collection<DataSync.Rejected> items) {
    Set<String> fresh = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    int named = 0;
    for (DataSync.Rejected item : items) {
      String problem = LogSafe.line(item.problem());
      log.debug("Left out: {}", problem);
      if (told.contains(problem)) {
        named++;
      } else {
        (known.contains(problem) ? others : fresh).add(problem);
      }
    }
    int lines = told(fresh, MOST_LINES);
    lines += told(others, MOST_LINES - named - lines);
    if (lines > 0 && named + lines < items.size()) {
      log.warn("{} items in all are left out; the log at debug level says which", items.size());
    }
  }

  /** Tells of up to so many, and remembers all, as far as there is room. */
  private int told(Set<String> problems, int most) {
    int lines = Math.max(0, Math.min(most, problems.size()));
    for (String problem : problems) {
      if (known.size() >= MOST_KNOWN) { // rather some twice than never what breaks now
        known.clear();
        told.clear();
      }
      known.add(problem);
    }
    problems.stream()
        .limit(lines)
        .forEach(
            problem -> {
              told.add(problem);
              log.warn("Left out: {}", problem);
            });
    return lines;
  }
}
