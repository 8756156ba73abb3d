package io.splitio.backend.featbit;

import io.splitio.api.SdkHealth;
import io.splitio.backend.Feed;
import io.splitio.backend.Lane;
import io.splitio.backend.Services;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.SnapshotStore;
import io.splitio.json.MalformedJsonException;
import io.splitio.net.Backoff;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a store up to date with what the application's own source brings. */
final class SourceFeed implements Feed, FeatBitFeatures {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  private final DefinitionSource source;
  private final Services services;
  private final Intake intake;
  private final Lane lane;
  private final Backoff passing;
  private volatile boolean closed; // written once by close
  private volatile @Nullable Session session; // written on the lane
  private volatile long version; // written on the lane
  // the rest is used on the lane only
  private @Nullable Future<?> timer; // the next attempt
  private boolean once; // nothing is to run after the first load
  private boolean resting;

  SourceFeed(DefinitionSource source, Services services, Pace pace, Intake intake) {
    this.source = source;
    this.services = services;
    this.intake = intake;
    this.lane = new Lane(services.scheduler());
    this.passing = Backoff.normal(pace.first(), pace.longest());
  }

  @Override
  public CompletableFuture<Void> start(SnapshotStore ofIntake) {
    services.report().streaming(SdkHealth.Streaming.DOWN);
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
    if (closed || resting || session != null) {
      return;
    }
    Session made = new Session();
    session = made;
    try {
      made.opened(source.open(made));
    } catch (Throwable failure) { // the application's code
      made.end();
      session = null;
      intake.trouble(ErrorType.NETWORK, "the definition source cannot begin: " + failure, false);
      timer = lane.after(passing.failed(), this::open);
    }
    if (closed) { // whoever closed this meanwhile did not see it
      made.end();
    }
  }

  /** What a source brings between two ends. */
  private final class Session implements DefinitionSource.Receiver {
    private @Nullable AutoCloseable ending; // guarded by this
    private boolean over; // guarded by this

    /** One that ended itself before it had begun is closed at once. */
    private void opened(@Nullable AutoCloseable end) {
      synchronized (this) {
        if (!over) {
          ending = end;
          return;
        }
      }
      close(end);
    }

    private void end() {
      AutoCloseable last;
      synchronized (this) {
        over = true;
        last = ending;
        ending = null;
      }
      close(last);
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public void dataSync(String message) {
      tell(() -> hear(message));
    }

    @Override
    public void interrupted(String problem) {
      tell(() -> trouble(ErrorType.NETWORK, problem, false));
    }

    @Override
    public void refused(String problem) {
      tell(() -> trouble(ErrorType.REQUEST_INVALID, problem, true));
    }

    private void tell(Runnable news) {
      lane.executeHere(
          () -> {
            if (session == this && !closed) {
              news.run();
            }
          });
    }
  }

  private static void close(@Nullable AutoCloseable end) {
    try {
      if (end != null) {
        end.close();
      }
    } catch (Throwable failure) { // the application's code
      log.warn("A definition source cannot be closed", failure);
    }
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
      trouble(ErrorType.DATA_INVALID, "the source brought no JSON: " + e.getMessage(), false);
    } catch (Throwable defect) {
      trouble(step, "a message cannot be taken in: " + defect.getClass().getName(), false);
      log.error("A message of a definition source cannot be taken in", defect);
    }
  }

  private void take(DataSync message) {
    if (!intake.take(message)) {
      return; // a patch, and there is nothing to patch yet
    }
    version = intake.version();
    passing.succeeded();
    services.report().streaming(SdkHealth.Streaming.UP);
    if (once) {
      rest();
    }
    intake.current();
  }

  private void trouble(ErrorType type, String problem, boolean forGood) {
    services.report().streaming(SdkHealth.Streaming.DOWN);
    intake.trouble(type, problem, forGood);
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
          done.complete(null);
        });
    return done;
  }

  @Override
  public void resume() {
    lane.execute(
        () -> {
          once = false;
          resting = false;
          open();
        });
  }

  /** One that is followed is left alone. */
  @Override
  public void retryNow() {
    lane.execute(
        () -> {
          if (intake.status().current().type() != FeatBitState.Type.OK) {
            passing.reset();
            end();
            open();
          }
        });
  }

  @Override
  public FeatBitStatus status() {
    return intake.status();
  }

  @Override
  public boolean offline() {
    return false;
  }

  @Override
  public boolean load(String json) {
    return false;
  }

  @Override
  public boolean namesAreSplits() {
    return false;
  }

  @Override
  public boolean knowsTrafficTypes() {
    return false;
  }

  /** Does not go by the lane, which may end before it gets there. */
  @Override
  public void close() {
    closed = true;
    intake.status().off();
    Session current = session;
    if (current != null) {
      current.end();
    }
  }
}
