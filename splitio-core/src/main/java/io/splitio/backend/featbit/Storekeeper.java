package io.splitio.backend.featbit;

import io.splitio.backend.Aside;
import io.splitio.backend.Lane;
import io.splitio.backend.Services;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.KeptItems;
import io.splitio.net.Backoff;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the application's own store, aside. What changes while a call is under way waits as one
 * batch, which has each item once. Safe for use by any thread; none but the one aside waits for the
 * store, and who ends all of it, for so long.
 */
final class Storekeeper {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final DataSync NOTHING = new DataSync("", true, List.of(), List.of(), List.of());
  private static final long LONGEST_REST_MILLIS = 2_000;
  private static final long LONG_SECONDS = 60; // for a call, before that is told

  private final DefinitionStore store;
  private final ScheduledExecutorService scheduler;
  private final Aside aside;
  private final Backoff pauses; // guarded by this
  // all guarded by this, under which the store is not called
  private @Nullable Batch waiting;
  private @Nullable Future<?> timer; // the next attempt
  private @Nullable Thread calling; // interrupted to rest and at the end
  private @Nullable Future<?> overdue; // when it is told that a call takes long
  private boolean asked; // whether a task aside is to write what waits
  private boolean troubled; // and that was told
  private boolean resting; // begins nothing by itself
  private boolean halted; // begins nothing at all

  /**
   * What is to be written.
   *
   * @param all whether there is nothing else
   * @param documents grows as long as it waits, and is not touched once the store has it
   */
  private record Batch(boolean all, Map<String, String> documents) {
    /** This and then another, in one step. */
    Batch then(Batch next) {
      if (next.all) {
        return next;
      }
      documents.putAll(next.documents);
      return this;
    }
  }

  Storekeeper(DefinitionStore store, Services services, Pace pace) {
    this.store = store;
    this.scheduler = services.scheduler();
    this.aside = new Aside(services.threads().apply("store"));
    this.pauses = Backoff.normal(pace.first(), pace.longest());
  }

  /** Hands over what was kept, be it nothing, on a thread of the store if there is one. */
  void load(Consumer<DataSync> taker) {
    if (!aside.run(() -> taker.accept(loaded()))) {
      log.warn("There is no thread for the definition store, and nothing is read from it");
      taker.accept(NOTHING);
    }
  }

  private DataSync loaded() {
    try {
      begins();
      return KeptItems.read(store.load());
    } catch (Throwable failure) { // the application's code
      log.warn("The definition store cannot be read: {}", failure.getClass().getName());
      log.debug("It says", failure);
      return NOTHING;
    } finally {
      ended();
    }
  }

  /** Keeps exactly these; the map is given away. */
  void replace(Map<String, String> all) {
    add(new Batch(true, all));
  }

  /** Keeps these besides; the map is given away. */
  void put(Map<String, String> changed) {
    add(new Batch(false, changed));
  }

  private synchronized void add(Batch next) {
    Batch before = waiting;
    waiting = before == null ? next : before.then(next);
    write();
  }

  private synchronized void write() {
    timer = Lane.cancelled(timer);
    if (waiting != null && !asked && !resting) {
      asked = aside.run(this::writeWaiting);
      if (!asked) {
        failed("there is no thread for it");
      }
    }
  }

  private void writeWaiting() {
    Batch batch = next();
    if (batch == null) {
      return;
    }
    try {
      begins();
      Map<String, String> documents = Collections.unmodifiableMap(batch.documents);
      if (batch.all) {
        store.replace(documents);
      } else {
        store.put(documents);
      }
      ended();
      wrote();
    } catch (Throwable failure) { // the application's code: whatever it throws, it is tried again
      ended();
      giveBack(batch, failure);
      log.debug("The definition store failed", failure);
    }
  }

  private synchronized @Nullable Batch next() {
    asked = false;
    Batch batch = halted ? null : waiting;
    waiting = halted ? waiting : null;
    return batch;
  }

  private synchronized void begins() {
    calling = Thread.currentThread();
    if (halted) { // a moment ago
      calling.interrupt();
    }
    overdue = scheduler.schedule(this::tellOfHanging, LONG_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void tellOfHanging() {
    if (calling != null && !troubled) {
      troubled = true;
      log.warn(
          "The definition store has not answered for {} s; what changes meanwhile waits for it",
          LONG_SECONDS);
    }
  }

  private synchronized void ended() {
    overdue = Lane.cancelled(overdue);
    calling = null;
    boolean unused = Thread.interrupted(); // it was meant for what is done
  }

  private synchronized void wrote() {
    pauses.succeeded();
    if (troubled) {
      troubled = false;
      log.info("The definition store takes definitions again");
    }
  }

  private void giveBack(Batch batch, Throwable failure) {
    Batch again = new Batch(batch.all, new HashMap<>(batch.documents));
    synchronized (this) {
      waiting = waiting == null ? again : again.then(waiting);
      failed(failure.getClass().getName());
    }
  }

  /** For who holds the lock. What came meanwhile tries at once. */
  private void failed(String why) {
    if (!troubled && !halted) {
      troubled = true;
      log.warn("The definition store does not take definitions: {}; it is tried again", why);
    }
    Duration pause = pauses.failed();
    if (!asked && !resting) {
      timer = scheduler.schedule(this::write, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Writes what waits, once; completes when nothing more runs by itself. A call that takes long is
   * interrupted.
   */
  synchronized CompletableFuture<Void> suspend() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    rest();
    Future<?> limit = scheduler.schedule(this::hurry, LONGEST_REST_MILLIS, TimeUnit.MILLISECONDS);
    boolean ends =
        aside.run(
            () -> {
              limit.cancel(false);
              done.complete(null);
            });
    if (!ends) {
      limit.cancel(false);
      done.complete(null);
    }
    return done;
  }

  /** For who holds the lock. Nothing is begun any more but one attempt to write what waits. */
  private void rest() {
    timer = Lane.cancelled(timer);
    resting = true;
    halted = false;
    if (waiting != null && !asked) {
      asked = aside.run(this::writeWaiting);
    }
  }

  private synchronized void hurry() {
    if (resting) {
      halt();
    }
  }

  /** For who holds the lock. */
  private void halt() {
    halted = true;
    overdue = Lane.cancelled(overdue);
    if (calling != null) {
      calling.interrupt();
    }
  }

  /** Goes on writing, with what waited. */
  synchronized void resume() {
    resting = false;
    halted = false;
    write();
  }

  /** Writes what waits within the time that is left, and no more after it. */
  void close(Duration left) {
    synchronized (this) {
      rest();
    }
    boolean ended = aside.end(left);
    synchronized (this) {
      halt();
      if (!ended || waiting != null) {
        log.warn("The definition store did not take what changed last; the SDK ends without it");
      }
    }
  }
}
