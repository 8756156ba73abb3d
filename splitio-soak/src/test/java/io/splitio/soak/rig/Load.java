package io.splitio.soak.rig;

import io.splitio.api.SplitClient;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * An application under load: asks for treatments and tracks events at a steady rate, and never gets
 * control for a flag that is there, nor anything thrown at it.
 */
public final class Load implements AutoCloseable {
  private static final int TICK = 10;
  private static final int THREADS = 2;

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
  private final List<SplitClient> clients;
  private final Observer observer;
  private final LongAdder evaluations = new LongAdder();
  private final LongAdder events = new LongAdder();

  /** Asks these clients so many times a second in all. */
  public Load(List<SplitClient> clients, Observer observer, int perSecond) {
    this.clients = clients;
    this.observer = observer;
    int each = perSecond * TICK / 1000 / THREADS;
    for (int i = 0; i < THREADS; i++) {
      SplitClient client = clients.get(i % clients.size());
      var unused =
          threads.scheduleAtFixedRate(() -> ask(client, each), TICK, TICK, TimeUnit.MILLISECONDS);
    }
  }

  private void ask(SplitClient client, int times) {
    try {
      for (int i = 0; i < times; i++) {
        String flag = NAMES[i % Landscape.STEADY];
        if (client.getTreatment(KEYS[i % KEYS.length], flag).equals("control")) {
          observer.complain("I3: control for " + flag);
        }
      }
      evaluations.add(times);
      if (client.track("user-1", "user", "tick", 1.0)) {
        events.increment();
      }
    } catch (Throwable failure) {
      observer.complain("I1: " + failure);
    }
  }

  private static final String[] NAMES = names();
  private static final String[] KEYS = keys();

  private static String[] names() {
    String[] names = new String[Landscape.STEADY];
    for (int i = 0; i < names.length; i++) {
      names[i] = Landscape.flag(i);
    }
    return names;
  }

  private static String[] keys() {
    String[] keys = new String[53]; // with the number of flags no common divisor
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Landscape.key(i);
    }
    return keys;
  }

  /** How many treatments were asked for. */
  public long evaluations() {
    return evaluations.sum();
  }

  /** How many events were accepted. */
  public long events() {
    return events.sum();
  }

  /** How many clients it has. */
  public int clients() {
    return clients.size();
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        observer.complain("I2: an evaluation has not returned for 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
