package io.splitio;

import io.splitio.backend.Connector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the SDK instances of this process and warns of a second one (evaluation specification
 * 9.8). What is the same is said by the connector: an SDK key, files, memory.
 *
 * <p>The only static state of the SDK: the question is about the process. It holds hashes, no keys.
 */
final class FactoryCount {
  private static final Logger log = LoggerFactory.getLogger("splitio");
  private static final ReentrantLock lock = new ReentrantLock();
  private static final Map<Integer, Integer> counts = new HashMap<>();

  private FactoryCount() {}

  /**
   * An instance that was counted.
   *
   * @param environment the hash of what tells its environment from others
   */
  record Entry(int environment) {
    /** Counts it no more. */
    void remove() {
      lock.lock();
      try {
        counts.computeIfPresent(environment, (key, count) -> count == 1 ? null : count - 1);
      } finally {
        lock.unlock();
      }
    }
  }

  static Entry add(Connector connector) {
    Entry entry = new Entry(connector.environment().hashCode());
    int same;
    boolean others;
    lock.lock();
    try {
      same = counts.merge(entry.environment, 1, Integer::sum) - 1;
      others = counts.size() > 1;
    } finally {
      lock.unlock();
    }
    if (same > 0) {
      log.warn(
          "This process already has {} SplitFactory {} for {}; keep one and share it",
          same,
          same == 1 ? "instance" : "instances",
          connector.environmentInWords());
    } else if (others) {
      log.warn(
          "This process already has a SplitFactory for something else than {}; check that this is"
              + " meant, and share each",
          connector.environmentInWords());
    }
    return entry;
  }
}
