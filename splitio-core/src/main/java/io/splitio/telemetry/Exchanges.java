package io.splitio.telemetry;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How the exchanges about one resource went. */
final class Exchanges {
  private final AtomicLong lastSuccess = new AtomicLong();
  private final Latencies latencies = new Latencies();
  private final Map<Integer, Tally> errors = new ConcurrentHashMap<>();

  void add(int status, long nanos, long nowMillis) {
    latencies.add(nanos);
    if (status >= 200 && status < 300) {
      lastSuccess.set(nowMillis);
    } else {
      errors.computeIfAbsent(status, any -> new Tally()).increment();
    }
  }

  long lastSuccess() {
    return lastSuccess.get();
  }

  Latencies latencies() {
    return latencies;
  }

  Map<Integer, Long> takeErrors() {
    Map<Integer, Long> counts = new TreeMap<>();
    errors.forEach(
        (status, tally) -> {
          long count = tally.take();
          if (count != 0) {
            counts.put(status, count);
          }
        });
    return counts;
  }

  void giveErrorsBack(Map<Integer, Long> undelivered) {
    undelivered.forEach(
        (status, count) -> errors.computeIfAbsent(status, any -> new Tally()).giveBack(count));
  }
}
