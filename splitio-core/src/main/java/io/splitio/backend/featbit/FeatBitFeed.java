package io.splitio.backend.featbit;

import io.splitio.api.SdkHealth;
import io.splitio.backend.Lane;
import io.splitio.backend.Services;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.SnapshotStore;
import io.splitio.json.MalformedJsonException;
import io.splitio.net.Backoff;
import io.splitio.net.TextSocket;
import io.splitio.net.Trouble;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a store up to date over a WebSocket. A connection that ends is followed by another for
 * ever, unless this side ended it; what the server calls final is tried again after minutes
 * (decision 26).
 */
final class FeatBitFeed implements FeatBitFeatures {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");
  private static final String PING = "{\"messageType\":\"ping\",\"data\":null}";
  private static final int REFUSED = 4003;
  private static final int MOST_WAITING = 16 << 20; // characters, before the server has to wait
  private static final int TEXT = 1 << 10; // what a text takes besides, in the same
  private static final String REFUSAL =
      "FeatBit refuses the connection (code 4003): check the environment's server secret, and that"
          + " this machine's clock is right to 30 seconds; it says %s (%s)";

  private static final String ADVICE =
      " (the handshake is refused: check the streaming address of FeatBit, and what a gateway asks"
          + " for)";

  private final Function<TextSocket.Listener, TextSocket> connections;
  private final Services services;
  private final Pace pace;
  private final Lane lane;
  private final Intake intake;
  private volatile boolean closed; // written once by close
  private volatile @Nullable TextSocket socket; // written on the lane
  // the rest is used on the lane only
  private final Backoff passing;
  private final Backoff lasting = Backoff.extended();
  private @Nullable Ear ear; // that of the connection there is
  private @Nullable Future<?> timer; // the next beat, or the next attempt
  private long heard; // by System.nanoTime
  private Heartbeat heartbeat; // of the connection there is
  private boolean askedAgain;
  private boolean once; // nothing is to run after the first load
  private boolean resting;

  /**
   * A feed that is not started.
   *
   * @param connections connects, with a new token each time
   */
  FeatBitFeed(
      Function<TextSocket.Listener, TextSocket> connections,
      Services services,
      Pace pace,
      Intake intake) {
    this.connections = connections;
    this.services = services;
    this.pace = pace;
    this.intake = intake;
    this.lane = intake.lane();
    this.passing = Backoff.normal(pace.first(), pace.longest());
    this.heartbeat = new Heartbeat(pace, System.nanoTime());
  }

  @Override
  public CompletableFuture<Void> start(SnapshotStore ofIntake) {
    services.report().streaming(SdkHealth.Streaming.DOWN);
    intake.begin();
    lane.execute(this::connect);
    return intake.loaded();
  }

  @Override
  public CompletableFuture<Void> load(SnapshotStore ofIntake) {
    lane.execute(() -> once = true);
    return start(ofIntake);
  }

  private void connect() {
    if (closed || resting || socket != null) {
      return; // the timer of a connection there is stays
    }
    timer = Lane.cancelled(timer);
    Ear listening = new Ear();
    TextSocket made;
    try {
      made = connections.apply(listening);
    } catch (Throwable e) { // such as too little memory for a thread, which may pass
      listening.forgotten = true;
      intake.trouble(ErrorType.RUNTIME, "a connection cannot be opened: " + e, false);
      again(passing.failed());
      return;
    }
    ear = listening;
    socket = made;
    if (closed) { // whoever closed this meanwhile did not see it
      made.close();
    }
  }

  /** What one connection says, taken to the lane; a connection that was given up is not heard. */
  private final class Ear implements TextSocket.Listener {
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private volatile boolean forgotten; // written on the lane

    @Override
    public void opened() {
      tell(FeatBitFeed.this::greet);
    }

    @Override
    public void text(String text) {
      int size = Math.min(text.length(), MOST_WAITING - TEXT) + TEXT; // a longer one waits alone
      if (!hasRoom(size)) {
        tell(() -> abandon("messages come faster than they can be taken in"));
        return;
      }
      lane.executeHere(
          () -> {
            room.release(size);
            if (!forgotten) {
              hear(text);
              heard = System.nanoTime(); // who takes a text in hears nothing else meanwhile
            }
          });
    }

    /** Lets the server wait, rather than pile up what it sends. */
    private boolean hasRoom(int size) {
      try {
        return room.tryAcquire(size) // also on a thread that is interrupted
            || room.tryAcquire(size, pace.idle().toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void closed(int code, Trouble reason) {
      tell(
          () -> {
            forgotten = true;
            lost(code, reason);
          });
    }

    private void tell(Runnable news) {
      lane.execute(
          () -> {
            if (!forgotten) {
              news.run();
            }
          });
    }
  }

  private void greet() {
    heard = System.nanoTime();
    heartbeat = new Heartbeat(pace, heard);
    askedAgain = false;
    ask();
    beat();
  }

  private void ask() {
    say("{\"messageType\":\"data-sync\",\"data\":{\"timestamp\":" + intake.version() + "}}");
  }

  private void say(String text) {
    TextSocket current = socket;
    if (current != null) {
      current.send(text);
    }
  }

  /** Asks the server whether it is there, or gives it up. */
  private void beat() {
    TextSocket current = socket;
    if (current == null) {
      return;
    }
    long now = System.nanoTime();
    long last = current.heard() - heard > 0 ? current.heard() : heard;
    String trouble =
        heartbeat.crawls(now, current.progress())
            ? "a message comes too slowly: less than 1 KiB in a second"
            : heartbeat.trouble(now, last, current.receiving());
    if (trouble != null) {
      current.abandon(trouble);
      return;
    }
    if (heartbeat.isDue(now)) {
      say(PING);
    }
    timer = lane.after(heartbeat.pause(now, last), this::beat);
  }

  private void abandon(String why) {
    TextSocket current = socket;
    if (current != null) {
      current.abandon(why);
    }
  }

  private void hear(String text) {
    heard = System.nanoTime();
    ErrorType step = ErrorType.RUNTIME;
    try {
      DataSync message = MessageReader.read(text);
      if (message != null) {
        step = intake.trouble();
        take(message);
      } else if (heartbeat.isSynced()) {
        services.report().succeeded(); // nothing has changed
      }
    } catch (MalformedJsonException e) {
      boolean limit = e.beyondLimit(); // the next set may keep to it
      String problem = "FeatBit sent " + (limit ? "more than is taken: " : "what is no JSON: ");
      intake.trouble(
          limit ? ErrorType.RUNTIME : ErrorType.DATA_INVALID, problem + e.getMessage(), false);
      hangUp(TextSocket.GOING_AWAY);
      again((limit ? passing : lasting).failed());
    } catch (Throwable defect) {
      intake.trouble(step, "a message cannot be taken in: " + defect.getClass().getName(), false);
      hangUp(TextSocket.GOING_AWAY); // it is asked for again
      again(passing.failed());
      log.error("A message of FeatBit cannot be taken in", defect);
    }
  }

  private void take(DataSync message) {
    if (!intake.take(message)) {
      askOnce();
      return;
    }
    heartbeat.synced();
    passing.succeeded();
    lasting.reset();
    services.report().streaming(SdkHealth.Streaming.UP);
    if (once) {
      resting = true;
      hangUp(TextSocket.NORMAL);
    }
    intake.current();
  }

  /** A patch came, and there is nothing to patch yet. */
  private void askOnce() {
    if (!askedAgain) {
      askedAgain = true;
      ask();
    }
  }

  private void lost(int code, Trouble reason) {
    socket = null;
    timer = Lane.cancelled(timer);
    services.report().streaming(SdkHealth.Streaming.DOWN);
    if (closed || resting) {
      return;
    }
    boolean minutes = code == REFUSED || reason.lasting();
    if (code == REFUSED) {
      intake.trouble(
          ErrorType.REQUEST_INVALID, REFUSAL.formatted(services.clock().instant(), reason), true);
    } else {
      String advice = reason instanceof Trouble.Status && minutes ? ADVICE : "";
      intake.trouble(FeatBitStatus.kind(code, reason), reason + advice, minutes);
    }
    again((minutes ? lasting : passing).failed(reason.retryAfter()));
  }

  private void again(Duration pause) {
    log.debug("The next attempt to connect to FeatBit is in {}", pause);
    timer = Lane.cancelled(timer);
    timer = lane.after(pause, this::connect);
  }

  private void hangUp(int code) {
    TextSocket current = socket;
    Ear listening = ear;
    socket = null;
    ear = null;
    timer = Lane.cancelled(timer);
    if (listening != null) {
      listening.forgotten = true; // what it says of its end is no news
    }
    services.report().streaming(SdkHealth.Streaming.DOWN);
    if (current != null) {
      current.close(code);
    }
  }

  @Override
  public CompletableFuture<Void> suspend() {
    lane.execute(
        () -> {
          resting = true;
          hangUp(TextSocket.NORMAL);
        });
    return intake.suspend();
  }

  @Override
  public void resume() {
    lane.execute(
        () -> {
          once = false;
          resting = false;
          intake.resume();
        });
    intake.verdict().appeal(lane, () -> !closed, this::connect);
  }

  @Override
  public void retryNow() {
    intake.verdict().appeal(lane, () -> !closed && !resting, this::hurry);
  }

  /** A connection there is, or that is being made, is left alone: it brings flags, or ends. */
  private void hurry() {
    if (socket == null) {
      passing.reset();
      lasting.reset();
      connect();
    }
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
    intake.status().off();
    TextSocket current = socket;
    if (current != null) {
      current.close();
    }
    intake.close(left);
  }
}
