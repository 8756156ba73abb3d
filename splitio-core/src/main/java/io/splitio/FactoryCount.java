package io.splitio;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the SDK instances of this process and warns of a second one (evaluation specification
 * 9.8).
 *
 * <p>The only static state of the SDK: the question is about the process. It holds hashes, no keys.
 */
final class FactoryCount {
  private static final Logger log = LoggerFactory.getLogger("splitio");
  private static final ReentrantLock lock = new ReentrantLock();
  private static final Map<Integer, Integer> counts = new HashMap<>();

  private FactoryCount() {}

  static void add(String environment) {
    int same;
    boolean others;
    lock.lock();
    try {
      same = counts.merge(environment.hashCode(), 1, Integer::sum) - 1;
      others = counts.size() > 1;
    } finally {
      lock.unlock();
    }
    if (same > 0) {
      log.warn(
          "This process already has {} SplitFactory {} for this SDK key; keep one and share it",
          same,
          same == 1 ? "instance" : "instances");
    } else if (others) {
      log.warn(
          "This process already has a SplitFactory for another SDK key; check that this is meant, and share each");
    }
  }

  static void remove(String environment) {
    lock.lock();
    try {
      counts.computeIfPresent(
          environment.hashCode(), (key, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }
}
