package io.splitio.backend.split.keep;

import io.splitio.backend.split.keep.Entry.Kind;
import io.splitio.engine.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is received in a file, on a thread of its own: a disk that is slow, full or gone holds
 * up nothing. Safe for use by any thread.
 */
public final class Keeper {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final long MOST_BYTES = 1L << 30;
  private static final long LONGEST_END = TimeUnit.SECONDS.toNanos(2);
  private static final long IDLE_MILLIS = 100;
  private static final String ANOTHERS =
      "it holds definitions of another SDK key, of other flag sets, or of another version";

  private final KeptFile file;
  private final ThreadPoolExecutor disk;
  private final ScheduledExecutorService scheduler;
  private final Limits limits;
  private final Queue<Entry> pending = new ConcurrentLinkedQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private volatile boolean over; // written by any thread, once
  private volatile boolean suspended; // written by tasks of the disk's thread

  // by tasks of the disk's thread only
  private @Nullable String told;
  private @Nullable Future<?> retry;
  private boolean unforced;

  /**
   * What is not exceeded.
   *
   * @param mostWaiting how many bytes may wait for the disk
   * @param again how long to wait after an attempt to write has failed
   */
  record Limits(long mostWaiting, Duration again) {
    static Limits usual() {
      long quarter = Runtime.getRuntime().maxMemory() / 4;
      return new Limits(Math.min(256L << 20, quarter), Duration.ofSeconds(30));
    }
  }

  /**
   * Nothing read or written yet.
   *
   * @param path where
   * @param owner whose definitions these are
   * @param threads makes the thread that reads and writes, which ends when idle
   * @param scheduler waits between attempts to write
   */
  public Keeper(Path path, Owner owner, ThreadFactory threads, ScheduledExecutorService scheduler) {
    this(new KeptFile(path, owner, MOST_BYTES), threads, scheduler, Limits.usual());
  }

  Keeper(KeptFile file, ThreadFactory threads, ScheduledExecutorService scheduler, Limits limits) {
    this.file = file;
    this.scheduler = scheduler;
    this.limits = limits;
    this.disk =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_MILLIS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            threads,
            new ThreadPoolExecutor.DiscardPolicy());
    this.disk.allowCoreThreadTimeOut(true);
  }

  /**
   * Restores what was kept. The future completes with it on the keeper's thread, or with null when
   * there is nothing of use, and never fails.
   */
  public CompletableFuture<@Nullable Snapshot> restore(Supplier<Restoring> begin) {
    CompletableFuture<@Nullable Snapshot> restored = new CompletableFuture<>();
    disk.execute(() -> restored.complete(read(begin)));
    return restored;
  }

  private @Nullable Snapshot read(Supplier<Restoring> begin) {
    try {
      Restoring restoring = begin.get();
      KeptFile.Found found = file.read(restoring::take);
      return switch (found) {
        case NOTHING -> nothing();
        case ANOTHERS -> unused(ANOTHERS);
        case INCOMPLETE -> unused("it is damaged, or is no such file");
        case DAMAGED -> restored(restoring, "; what its damaged end said is lost");
        case WHOLE -> restored(restoring, "");
      };
    } catch (IOException | RuntimeException | Error e) { // whatever it is, the start goes on
      log.debug("Reading {} failed", file.path(), e);
      return unused(e.getMessage() == null ? e.getClass().getName() : e.getMessage());
    }
  }

  private @Nullable Snapshot nothing() {
    log.debug("No definitions are kept in {} yet", file.path());
    return null;
  }

  private @Nullable Snapshot unused(String why) {
    log.warn(
        "The file {} of kept definitions is not used: {}. It is replaced when definitions have"
            + " been loaded",
        file.path(),
        why);
    return null;
  }

  private Snapshot restored(Restoring restoring, String but) {
    Snapshot snapshot = restoring.done();
    log.info("Definitions kept in {} were read{}", file.path(), but);
    return snapshot;
  }

  /** Whether there is room for more of a document of that length; if not, no more is kept. */
  boolean reserve(long more, long length) {
    if (!over && waiting.addAndGet(more) > limits.mostWaiting) {
      boolean alone = length > limits.mostWaiting;
      stop(
          (alone ? "a document has more than " : "the disk does not keep up with more than ")
              + limits.mostWaiting
              + " bytes");
    }
    return !over;
  }

  /** What was reserved is not needed. */
  void giveBack(long bytes) {
    waiting.addAndGet(-bytes);
  }

  /** Keeps a flag that leads to a version. */
  public void flag(byte[] document, long version) {
    add(Entry.of(Kind.FLAG, "", version, document));
  }

  /** Keeps a rule-based segment that leads to a version. */
  public void ruleBasedSegment(byte[] document, long version) {
    add(Entry.of(Kind.RULE_BASED_SEGMENT, "", version, document));
  }

  /** Keeps that a flag was killed. */
  public void kill(String flag, String treatment, long version) {
    add(Entry.of(Kind.KILL, flag, version, treatment.getBytes(StandardCharsets.UTF_8)));
  }

  /** What was kept so far is a complete set of definitions. */
  public void complete() {
    add(Entry.COMPLETE);
  }

  private void add(Entry entry) {
    long length = entry.length();
    if (reserve(length, length)) {
      addReserved(entry);
    }
  }

  /** Keeps a document for which there is room. */
  void addReserved(Entry entry) {
    if (over) {
      return;
    }
    if (!entry.isReadable()) {
      giveBack(entry.length());
      log.warn("A document of {} is not kept: the name it is about is too long", file.path());
      return;
    }
    pending.add(entry);
    if (!suspended) {
      disk.execute(this::write);
    }
  }

  /** Writes all that waits; what cannot be written now is tried again. */
  private void write() {
    cancelRetry();
    try {
      if (!over && !suspended && (unforced || !pending.isEmpty())) {
        writePending();
      }
    } catch (Throwable e) { // whatever it is, nobody waits in vain and it is tried again
      trouble(e);
    }
  }

  private void writePending() throws IOException {
    if (!file.open()) {
      stop("the file was removed, or another process keeps its definitions there");
      return;
    }
    for (Entry next = pending.peek(); next != null && !over; next = pending.peek()) {
      if (!file.hasRoomFor(next)) {
        stop("the file would grow too long");
        return;
      }
      file.add(next);
      unforced = true;
      pending.poll();
      giveBack(next.length());
    }
    file.force();
    unforced = false;
    if (told != null) {
      told = null;
      log.info("Definitions are kept in {} again", file.path());
    }
  }

  private void trouble(Throwable failure) {
    String why = String.valueOf(failure.getMessage());
    if (told == null) {
      log.warn(
          "Definitions cannot be kept in {} ({}: {}); it is tried again",
          file.path(),
          failure.getClass().getSimpleName(),
          why);
    }
    told = why;
    retry =
        scheduler.schedule(
            () -> disk.execute(this::write), limits.again.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void cancelRetry() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
  }

  /** What is in the file stays good; it only grows older. */
  private void stop(String why) {
    if (!over) {
      over = true;
      pending.clear();
      disk.execute(this::closeFile);
      log.warn(
          "Definitions are not kept in {} any more until the next start: {}", file.path(), why);
    }
  }

  /** Writes what waits; completes when nothing more runs by itself and no file is open. */
  public CompletableFuture<Void> suspend() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    disk.execute(
        () -> {
          try {
            write();
            suspended = true;
            cancelRetry();
            release();
          } finally {
            done.complete(null);
          }
        });
    return done;
  }

  /** Goes on writing, with what was received in the meantime. */
  public void resume() {
    disk.execute(
        () -> {
          suspended = false;
          write();
        });
  }

  private void release() {
    try {
      file.release();
    } catch (IOException e) {
      log.debug("The file {} cannot be closed", file.path(), e);
    }
  }

  /** Writes what waits within the time that is left, and no more after it. */
  public void close(Duration left) {
    disk.execute(this::end);
    disk.shutdown();
    try {
      long longest = Math.min(LONGEST_END, TimeUnit.NANOSECONDS.convert(left) / 2);
      disk.awaitTermination(longest, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    disk.shutdownNow();
  }

  private void end() {
    suspended = false;
    write();
    cancelRetry();
    over = true;
    closeFile();
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException e) {
      log.debug("The file {} cannot be closed", file.path(), e);
    }
  }
}
