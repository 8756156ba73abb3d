package io.splitio.backend.redis.link;

import io.splitio.backend.redis.settings.Address.Node;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one sentinel about every second whom it names, on a connection that is kept, and less often
 * while it does not answer. It names the next master as soon as that is promoted, but tells
 * subscribers when the failover is over, and what it tells while nobody listens is not told again;
 * so nobody subscribes.
 */
final class Lookout {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final int SHORTEST_PAUSE = 750;
  private static final int LONGEST_PAUSE = 1_250;
  private static final int MOST_DOUBLED = 3;
  private static final int TOLD_AT = 2; // failures, as one may be bad luck

  private final Sentinel sentinel;
  private final Wires wires;
  private volatile boolean over;
  private @Nullable Wire wire; // confined to rounds, which follow one another
  private int failures; // in a row; confined to rounds

  Lookout(Sentinel sentinel, Wires wires) {
    this.sentinel = sentinel;
    this.wires = wires;
  }

  /** Asks after a while, and then again and again, unless all connections end before. */
  void begin() {
    long pause = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE);
    wires.after(Duration.ofMillis(pause << Math.min(failures, MOST_DOUBLED)), this::round);
  }

  /** Asks no more; the connection ends with all others. */
  void end() {
    over = true;
  }

  private void round() {
    if (over) {
      return;
    }
    CompletableFuture<?> unused =
        asked()
            .whenComplete(
                (named, failure) -> {
                  if (failure == null) {
                    answered();
                  } else {
                    failed(failure);
                  }
                  begin();
                });
  }

  private CompletableFuture<Node> asked() {
    try {
      Wire kept = wire;
      if (kept != null && kept.isOpen()) {
        return sentinel.ask(kept);
      }
      leave();
      return sentinel.connect().thenApply(this::keep).thenCompose(sentinel::ask);
    } catch (RuntimeException | Error e) { // such as too little memory for a thread
      return CompletableFuture.failedFuture(e);
    }
  }

  private Wire keep(Wire made) {
    wire = made;
    return made;
  }

  private void answered() {
    if (failures >= TOLD_AT) {
      log.info("Sentinel {} tells who is master again", sentinel.node());
    }
    failures = 0;
  }

  private void failed(Throwable why) {
    failures++;
    if (failures == TOLD_AT && !over) {
      log.warn("A sentinel does not tell who is master. {}", RedisFault.of(why).advised());
    }
    leave();
  }

  private void leave() {
    Wire useless = wire;
    wire = null;
    if (useless != null) {
      Wire.hangUp(useless);
    }
  }
}
