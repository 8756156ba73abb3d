package io.splitio.backend.split.stream;

import io.splitio.backend.Lane;
import io.splitio.backend.split.stream.StreamHealth.Verdict;
import io.splitio.net.Backoff;
import io.splitio.net.EventStream;
import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Outcome.Success;
import io.splitio.net.Trouble;
import io.splitio.telemetry.StreamingEvent;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stream open: asks for tokens, connects, renews, reconnects for ever (protocol
 * specification 6 and 7). For one lane.
 */
public final class Streaming {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  /** Between two changes from streaming to polling or back while the connection stands. */
  private static final Duration CALM = Duration.ofSeconds(2);

  private static final int DISABLED = 0;
  private static final int ENABLED = 1;
  private static final int PAUSED = 2;
  private static final int STREAMING = 0;
  private static final int POLLING = 1;

  private static final Duration SPREAD = Duration.ofSeconds(5);

  private final Service service;
  private final Lane lane;
  private final Owner owner;
  private final Books books;
  private final Pauses pauses;
  private final Backoff extended = Backoff.extended();
  private boolean active;
  private int generation;
  private StreamHealth health = new StreamHealth();
  private @Nullable Connection connection;
  private @Nullable Future<?> timer;
  private @Nullable Future<?> settling;
  private boolean up;
  private boolean everUp;
  private boolean streamed;
  private int refusals;
  private long downSince;

  /** The requests it makes. */
  public interface Service {
    /** Asks for a token. */
    CompletableFuture<Outcome<Token>> authenticate();

    /** Opens a connection. */
    EventStream stream(Token token, EventStream.Listener listener);
  }

  /** Hears whether the stream can be relied on. Called on the lane. */
  public interface Owner {
    /** Definitions arrive by the stream from now on. */
    void streaming();

    /**
     * They do not.
     *
     * @param why in words for an operator
     */
    void notStreaming(String why);

    /** The stream is being replaced; it will take a moment. */
    void replacing();

    /** The stream is up and was heard of just now. */
    void alive();

    /** A notification of a change arrived. */
    void notified(Notification notification);
  }

  /** What it counts, and the time of day it counts with. */
  public record Books(Telemetry telemetry, Clock clock) {}

  /**
   * Not connected yet.
   *
   * @param books takes what telemetry wants to know
   * @param pauses how long to wait between attempts
   */
  public Streaming(Service service, Lane lane, Owner owner, Books books, Pauses pauses) {
    this.service = service;
    this.lane = lane;
    this.owner = owner;
    this.books = books;
    this.pauses = pauses;
  }

  /** Connects, and stays connected. */
  public void start() {
    if (!active) {
      active = true;
      authenticate();
    }
  }

  /** Disconnects. */
  public void stop() {
    active = false;
    disconnect();
  }

  /** Connects now if it is waiting to. */
  public void hurry() {
    if (active && connection == null && timer != null) {
      pauses.reset();
      extended.reset();
      authenticate();
    }
  }

  private void disconnect() {
    generation++;
    up = false;
    everUp = false;
    timer = cancelled(timer);
    settling = cancelled(settling);
    if (connection != null) {
      connection.close();
      connection = null;
      tell(StreamingEvent.CONNECTION_ERROR, 0);
    }
  }

  private void authenticate() {
    timer = cancelled(timer);
    int mine = ++generation; // a retry that is due already must not lead to a second connection
    try {
      CompletableFuture<Void> unused =
          service.authenticate().thenAcceptAsync(outcome -> authenticated(mine, outcome), lane);
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  private void authenticated(int mine, Outcome<Token> outcome) {
    if (mine != generation || !active) {
      return;
    }
    if (outcome instanceof Failure<Token> failure) {
      refused(failure.trouble());
    } else if (outcome instanceof Success<Token> success) {
      try {
        granted(success.body());
      } catch (RuntimeException | Error e) {
        broken(e);
      }
    }
  }

  /** A defect, or no more threads: it must not be the last attempt. */
  private void broken(Throwable failure) {
    log.error("Streaming failed; it is tried again", failure);
    retry("streaming failed with " + failure.getClass().getName(), pauses.reconnect().failed());
  }

  private void granted(Token token) {
    if (!token.pushEnabled()) {
      giveUp("streaming is not enabled for this SDK key");
      return;
    }
    books.telemetry.tokenRefreshed();
    tell(StreamingEvent.TOKEN_REFRESH, token.expires());
    int mine = generation;
    health = new StreamHealth();
    connection =
        new Connection(
            lane, notification -> heard(mine, notification), reason -> lost(mine, reason));
    connection.open(service, token);
    timer = lane.after(token.renewAfter(), () -> renew(mine));
  }

  private void refused(Trouble trouble) {
    int status = trouble instanceof Trouble.Status answered ? answered.status() : 0;
    if (status == 401 || status == 403) {
      books.telemetry.authRejected();
    }
    boolean passing = status == 408 || status == 425 || status == 429;
    if (trouble.lasting() || (status >= 400 && status < 500 && !passing)) {
      giveUp("no streaming token: " + trouble);
    } else {
      retry("no streaming token: " + trouble, pauses.auth().failed(trouble.retryAfter()));
    }
  }

  /** The token ends soon: another connection with another token. */
  private void renew(int mine) {
    if (mine == generation && active) {
      disconnect();
      owner.replacing();
      authenticate();
    }
  }

  private void giveUp(String why) {
    retry(why, extended.failed());
    tell(StreamingEvent.STREAMING_STATUS, DISABLED);
  }

  private void retry(String why, Duration pause) {
    disconnect();
    if (streamed) {
      streamed = false;
      tell(StreamingEvent.SYNC_MODE_UPDATE, POLLING);
    }
    log.debug("Streaming is tried again in {}", pause);
    int mine = generation;
    timer = lane.after(pause, () -> again(mine));
    owner.notStreaming(why);
  }

  private void again(int mine) {
    if (mine == generation && active) {
      authenticate();
    }
  }

  private void heard(int mine, Notification notification) {
    if (mine != generation || !active) {
      return;
    }
    act(judged(notification), "the service ended it");
    if (mine != generation) {
      return;
    }
    if (up) {
      owner.alive();
    }
    if (!(notification instanceof Notification.Sign)) {
      owner.notified(notification);
    }
  }

  private Verdict judged(Notification notification) {
    if (notification instanceof Notification.Control control) {
      return health.control(control);
    }
    if (notification instanceof Notification.Occupancy occupancy) {
      tell(occupancy);
      return health.occupancy(occupancy);
    }
    if (notification instanceof Notification.Failed failed) {
      tell(StreamingEvent.ABLY_ERROR, failed.code());
      log.debug("The stream reports error {}", failed.code());
      return health.failed(failed.code());
    }
    return health.sign();
  }

  private void tell(Notification.Occupancy occupancy) {
    if (occupancy.channel().equals("control_pri")) {
      tell(StreamingEvent.OCCUPANCY_PRIMARY, occupancy.publishers());
    } else if (occupancy.channel().equals("control_sec")) {
      tell(StreamingEvent.OCCUPANCY_SECONDARY, occupancy.publishers());
    }
  }

  private void lost(int mine, Trouble reason) {
    if (mine == generation && active) {
      connection = null;
      tell(StreamingEvent.CONNECTION_ERROR, 1);
      if (reason.lasting() && refusals++ > 0) { // the first may be about the token
        giveUp(reason.toString());
      } else {
        retry(reason.toString(), pauses.reconnect().failed(reason.retryAfter()));
      }
    }
  }

  private void act(Verdict verdict, String why) {
    switch (verdict) {
      case SETTLE -> settle();
      case RENEW -> reset();
      case RECONNECT -> retry(why, pauses.reconnect().failed());
      case GIVE_UP -> giveUp(why);
    }
  }

  /** The service wants everybody to connect anew, so not all at once. */
  private void reset() {
    int mine = generation;
    timer = cancelled(timer);
    long wait = (long) (SPREAD.toNanos() * ThreadLocalRandom.current().nextDouble());
    timer = lane.after(Duration.ofNanos(wait), () -> renew(mine));
  }

  /** Goes by the stream's health; a stream that comes and goes is not believed at once. */
  private void settle() {
    boolean now = health.streams();
    if (now == up) {
      settling = cancelled(settling);
    } else if (!now) {
      goDown();
    } else if (!everUp) {
      goUp();
    } else if (settling == null) {
      int mine = generation;
      Duration wait = CALM.minusNanos(System.nanoTime() - downSince);
      settling = lane.after(wait.isNegative() ? Duration.ZERO : wait, () -> calm(mine));
    }
  }

  private void calm(int mine) {
    if (mine == generation && active) {
      settling = null;
      if (health.streams() && !up) {
        goUp();
      }
    }
  }

  private void goDown() {
    up = false;
    streamed = false;
    downSince = System.nanoTime();
    tell(StreamingEvent.SYNC_MODE_UPDATE, POLLING);
    tell(StreamingEvent.STREAMING_STATUS, PAUSED);
    owner.notStreaming("the service has paused it");
  }

  private void goUp() {
    up = true;
    streamed = true;
    refusals = 0;
    if (!everUp) {
      everUp = true;
      tell(StreamingEvent.CONNECTION_ESTABLISHED, 0);
    }
    pauses.succeeded();
    extended.reset();
    tell(StreamingEvent.SYNC_MODE_UPDATE, STREAMING);
    tell(StreamingEvent.STREAMING_STATUS, ENABLED);
    owner.streaming();
  }

  private void tell(StreamingEvent what, long data) {
    books.telemetry.streamed(what, data, books.clock.millis());
  }

  private static @Nullable Future<?> cancelled(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
    return null;
  }
}
