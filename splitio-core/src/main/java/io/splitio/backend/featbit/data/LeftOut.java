package io.splitio.backend.featbit.data;

import io.splitio.log.LogSafe;
import io.splitio.log.Once;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of items that cannot be used: of a few in each message, and of none twice while there are
 * few. For one lane.
 */
public final class LeftOut {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");
  private static final int MOST_LINES = 10;

  private Once told = new Once();

  /** Nothing was told yet. */
  public LeftOut() {}

  /** Tells of those of one message. */
  public void tell(Collection<DataSync.Rejected> items) {
    if (told.isFull()) {
      told = new Once(); // rather some twice than never what breaks now
    }
    int lines = 0;
    for (DataSync.Rejected item : items) {
      String problem = LogSafe.line(item.problem());
      if (!told.isNew(problem) || ++lines > MOST_LINES) {
        log.debug("Left out: {}", problem);
      } else {
        log.warn("Left out: {}", problem);
      }
    }
    if (lines > MOST_LINES) {
      log.warn("{} items in all are left out; the log at debug level says which", items.size());
    }
  }
}
