package io.splitio.backend.featbit;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory, of which a test says what goes wrong. */
final class Shelf implements DefinitionStore {
  volatile Map<String, String> kept = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>(); // those that were begun
  final AtomicInteger failures = new AtomicInteger(); // of those to come
  volatile CountDownLatch loading = new CountDownLatch(0); // awaited
  volatile CountDownLatch writing = new CountDownLatch(0); // awaited

  @Override
  public Map<String, String> load() throws InterruptedException {
    calls.add("load");
    loading.await();
    return kept;
  }

  @Override
  public void replace(Map<String, String> all) throws InterruptedException {
    begin("replace", all);
    kept = new ConcurrentHashMap<>(all);
  }

  @Override
  public void put(Map<String, String> changed) throws InterruptedException {
    begin("put", changed);
    Map<String, String> both = new ConcurrentHashMap<>(kept);
    both.putAll(changed);
    kept = both;
  }

  private void begin(String what, Map<String, String> documents) throws InterruptedException {
    calls.add(what + " " + new TreeSet<>(documents.keySet()));
    writing.await();
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("the password is canary");
    }
  }
}
