package io.splitio.backend.featbit;

import io.splitio.api.SdkHealth;
import io.splitio.backend.Aside;
import io.splitio.backend.Lane;
import io.splitio.backend.Services;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.SnapshotStore;
import io.splitio.json.MalformedJsonException;
import io.splitio.net.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a store up to date with what the application's own source brings. Sessions are opened and
 * closed aside, in turn: whatever the application does there, the lane goes on.
 */
final class SourceFeed implements FeatBitFeatures {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");
  private static final int MOST_WAITING = 16 << 20; // characters, before the source has to wait
  private static final int TEXT = 1 << 10; // what a text takes besides, in the same
  private static final long LOOK_MILLIS = 100; // whether who waits for room waits in vain

  private final DefinitionSource source;
  private final Services services;
  private final Intake intake;
  private final Lane lane;
  private final Aside aside;
  private final Backoff passing;
  private volatile boolean closed; // written once by close
  private volatile @Nullable Session session; // written on the lane
  private volatile @Nullable Session beginning; // written aside: whose thread opens
  private volatile long version; // written on the lane
  private volatile @Nullable Thread inside; // written on the lane: who takes something in
  // the rest is used on the lane only
  private @Nullable Future<?> timer; // the next attempt
  private boolean once; // nothing is to run after the first load
  private boolean resting;
  private boolean troubled; // whether the session told of trouble that is not over
  private boolean ofOpening; // whether what is taken in came from the thread that opens

  SourceFeed(DefinitionSource source, Services services, Pace pace, Intake intake) {
    this.source = source;
    this.services = services;
    this.intake = intake;
    this.lane = intake.lane();
    this.aside = new Aside(services.threads().apply("source"));
    this.passing = Backoff.normal(pace.first(), pace.longest());
  }

  @Override
  public CompletableFuture<Void> start(SnapshotStore ofIntake) {
    services.report().streaming(SdkHealth.Streaming.DOWN);
    intake.begin();
    lane.execute(this::open);
    return intake.loaded();
  }

  @Override
  public CompletableFuture<Void> load(SnapshotStore ofIntake) {
    lane.execute(() -> once = true);
    return start(ofIntake);
  }

  private void open() {
    timer = Lane.cancelled(timer);
    if (session != null || !mayOpen()) {
      return;
    }
    end(null); // whoever is still opening what is over already would keep this one waiting
    Session made = new Session();
    session = made;
    troubled = false;
    boolean begins = aside.run(made::begin);
    if (closed) { // whoever closed this meanwhile did not see it
      made.end();
    } else if (!begins) {
      lost(ErrorType.RUNTIME, "there is no thread for the definition source");
    }
  }

  private boolean mayOpen() {
    return !closed && !resting;
  }

  /** What a source brings between two ends. */
  private final class Session implements DefinitionSource.Receiver {
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private volatile boolean over; // written under this
    private @Nullable Thread opening; // guarded by this; interrupted at the end, once
    private @Nullable AutoCloseable ending; // guarded by this

    private void begin() {
      synchronized (this) {
        if (over) {
          return;
        }
        opening = Thread.currentThread();
        beginning = this;
      }
      try {
        opened(source.open(this));
      } catch (Throwable failure) { // the application's code
        opened(null);
        tell(() -> failed(failure.getClass().getName()));
        log.debug("A definition source cannot begin", failure);
      }
    }

    /** One that ended before it had begun is closed at once. */
    private void opened(@Nullable AutoCloseable end) {
      synchronized (this) {
        opening = null;
        beginning = null;
        boolean unused = Thread.interrupted(); // it was meant for what is done
        if (!over) {
          ending = end;
          return;
        }
      }
      close(end);
    }

    private void end() {
      synchronized (this) {
        over = true;
        if (opening != null) {
          opening.interrupt();
          opening = null; // once is enough
        }
      }
      finish();
    }

    /** The end, without an interrupt. */
    private void finish() {
      AutoCloseable last;
      synchronized (this) {
        over = true;
        last = ending;
        ending = null;
      }
      if (last != null && !aside.run(() -> close(last))) {
        close(last);
      }
    }

    @Override
    public long version() {
      return version;
    }

    /** Lets the source wait, rather than pile up what it brings. */
    @Override
    public void dataSync(@Nullable String message) {
      String text = message == null ? "" : message;
      boolean own = inside == Thread.currentThread(); // which would wait for itself
      int size = own ? 0 : Math.min(text.length(), MOST_WAITING - TEXT) + TEXT;
      if (!hasRoom(size)) {
        tell(() -> lost(ErrorType.RUNTIME, "a message was lost: its thread was interrupted"));
        return;
      }
      boolean byOpening = opens();
      lane.executeHere(
          () -> {
            room.release(size);
            ofOpening = byOpening;
            try {
              heed(() -> hear(text));
            } finally {
              ofOpening = false;
            }
          });
    }

    private synchronized boolean opens() {
      return opening == Thread.currentThread();
    }

    private boolean hasRoom(int size) {
      try {
        while (!over) {
          if (room.tryAcquire(size) // also on a thread that is interrupted
              || room.tryAcquire(size, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            return true;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }

    @Override
    public void current() {
      tell(SourceFeed.this::current);
    }

    @Override
    public void interrupted(@Nullable String problem) {
      tell(() -> trouble(ErrorType.NETWORK, problem, false));
    }

    @Override
    public void refused(@Nullable String problem) {
      tell(() -> trouble(ErrorType.REQUEST_INVALID, problem, true));
    }

    private void tell(Runnable news) {
      lane.executeHere(() -> heed(news));
    }

    private void heed(Runnable news) {
      if (session == this && !closed) {
        inside = Thread.currentThread();
        try {
          news.run();
        } finally {
          inside = null;
        }
      }
    }
  }

  private static void close(@Nullable AutoCloseable end) {
    try {
      if (end != null) {
        end.close();
      }
    } catch (Throwable failure) { // the application's code
      log.warn("A definition source cannot be closed: {}", failure.getClass().getName());
      log.debug("It says", failure);
    }
  }

  private void failed(String what) {
    lost(ErrorType.NETWORK, "the definition source cannot begin: " + what);
  }

  private void hear(String text) {
    ErrorType step = ErrorType.RUNTIME;
    try {
      DataSync message = MessageReader.read(text);
      if (message != null) {
        step = intake.trouble();
        take(message);
      }
    } catch (MalformedJsonException e) {
      boolean limit = e.beyondLimit();
      String problem = "the source brought " + (limit ? "more than is taken: " : "no JSON: ");
      lost(limit ? ErrorType.RUNTIME : ErrorType.DATA_INVALID, problem + e.getMessage());
    } catch (Throwable defect) {
      lost(step, "a message cannot be taken in: " + defect.getClass().getName());
      log.error("A message of a definition source cannot be taken in", defect);
    }
  }

  /** What this session still brings may build on what was lost; the next one is asked for it. */
  private void lost(ErrorType type, String problem) {
    end();
    intake.trouble(type, problem, false);
    timer = Lane.cancelled(timer);
    timer = lane.after(passing.failed(), this::open);
  }

  private void take(DataSync message) {
    if (!intake.take(message)) {
      return; // a patch, and there is nothing to patch yet
    }
    version = intake.version();
    passing.succeeded();
    if (once) {
      rest();
    }
    current();
  }

  private void current() {
    if (intake.filled()) {
      troubled = false;
      services
          .report()
          .streaming(session == null ? SdkHealth.Streaming.DOWN : SdkHealth.Streaming.UP);
      intake.current();
    }
  }

  private void trouble(ErrorType type, @Nullable String problem, boolean forGood) {
    troubled = true;
    services.report().streaming(SdkHealth.Streaming.DOWN);
    intake.trouble(type, problem == null ? "no reason was given" : problem, forGood);
  }

  private void rest() {
    resting = true;
    timer = Lane.cancelled(timer);
    end();
  }

  private void end() {
    Session current = session;
    session = null;
    services.report().streaming(SdkHealth.Streaming.DOWN);
    if (!ofOpening) {
      end(current);
    } else if (current != null) { // its thread does not wait, and is left to what it does for now
      current.finish();
    }
  }

  /** Ends a session; one that is over and still being opened is interrupted, too. */
  private void end(@Nullable Session current) {
    Session late = beginning;
    if (late != null) {
      late.end();
    }
    if (current != null) {
      current.end();
    }
  }

  @Override
  public CompletableFuture<Void> suspend() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    lane.execute(
        () -> {
          rest();
          if (!aside.run(() -> done.complete(null))) { // after what it closes
            done.complete(null);
          }
        });
    return CompletableFuture.allOf(done, intake.suspend());
  }

  @Override
  public void resume() {
    lane.execute(
        () -> {
          once = false;
          resting = false;
          intake.resume();
        });
    intake.verdict().appeal(lane, () -> session == null && mayOpen(), this::open);
  }

  /** A session that is followed, or begins and told of no trouble, is left alone. */
  @Override
  public void retryNow() {
    intake.verdict().appeal(lane, () -> (session == null || troubled) && mayOpen(), this::reopen);
  }

  private void reopen() {
    passing.reset();
    end();
    open();
  }

  @Override
  public FeatBitStatus status() {
    return intake.status();
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }

  /** Does not go by the lane, which may end before it gets there. */
  @Override
  public void close(Duration left) {
    closed = true;
    end(session);
    intake.status().off();
    long deadline = System.nanoTime() + left.toNanos();
    intake.close(left.dividedBy(2)); // which only takes time if a store does
    if (!aside.end(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
      log.warn("The definition source does not end in time; the SDK ends without it");
    }
  }
}
