package io.splitio.backend.redis.read;

import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.RedisFault;
import io.splitio.backend.redis.link.Wire;
import io.splitio.backend.redis.settings.RedisKeys;
import io.splitio.backend.redis.settings.RedisSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the connection that flags are read from: says when it comes and goes, and hangs up when
 * it does not answer any more. While there is none, calls do not wait for one.
 */
final class Watch implements Line.Use {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final int MOST_FAILURES = 5;

  private final RedisSettings settings;
  private final SyncReport report;
  private final Complaints complaints;
  private final Wipe wipe;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final Refusals refusals;
  private final AtomicInteger failures = new AtomicInteger(); // in a row
  private final AtomicLong silentAt; // when silence was last counted among them
  private volatile boolean givenUp; // a call was, and none has been answered in time since
  private volatile long givenUpAt; // by whoever gives up
  private Runnable renewed = () -> {}; // written before the start
  private Runnable strayed = () -> {}; // written before the start
  private boolean troubled; // confined to the line's lane

  Watch(RedisSettings settings, Services services, Complaints complaints, Wipe wipe) {
    this.settings = settings;
    this.complaints = complaints;
    this.wipe = wipe;
    this.report = services.report();
    this.refusals = new Refusals(settings.address().toString(), report);
    this.silentAt = new AtomicLong(System.nanoTime() - budget());
  }

  private long budget() {
    return settings.times().call().toNanos();
  }

  /** Has somebody told of each new connection. */
  void whenUp(Runnable listener) {
    renewed = listener;
  }

  /** Has somebody told when something is at a node that nobody listens to. */
  void whenElsewhere(Runnable listener) {
    strayed = listener;
  }

  @Override
  public void elsewhere() {
    strayed.run();
  }

  /** Completes when the connection was up for the first time. */
  CompletableFuture<Void> started() {
    return started;
  }

  @Override
  public CompletionStage<?> begin(Wire wire) {
    RedisKeys keys = settings.keys();
    return wire.commands()
        .mget(keys.flagsTill())
        .thenAccept(
            values -> {
              if (values.get(0).hasValue()) {
                wipe.end();
                return;
              }
              if (started.isDone()) {
                return;
              }
              if (settings.choices().requiresFlags()) {
                throw new IllegalStateException(
                    "there are no flags under prefix '" + settings.prefix() + "' yet");
              }
              log.warn(
                  "Redis at {} is reachable, but holds no flags under prefix '{}'. Is the Split"
                      + " Synchronizer running, and has it the same prefix?",
                  settings.address(),
                  settings.prefix());
            });
  }

  @Override
  public void up() {
    failures.set(0);
    refusals.forget();
    report.succeeded();
    if (troubled || !started.isDone()) {
      troubled = false;
      log.info("Connected to {}", settings.address());
    }
    renewed.run();
    started.complete(null); // at last, as who waits for it may suspend at once
  }

  @Override
  public void down(Throwable cause) {
    RedisFault fault = RedisFault.of(cause);
    String problem = "Redis at " + settings.address() + " cannot be used: " + fault.advised();
    if (fault.lasting()) {
      report.failedForGood(problem);
    } else {
      report.failed(problem);
    }
    if (!troubled) {
      troubled = true;
      log.warn("{}. Local copies are served meanwhile, and it is tried again", problem);
    }
  }

  /**
   * Redis answered, be it with an error; or it did not answer, and copies were served.
   *
   * @param on the connection there was when it was asked
   */
  void answered(@Nullable Throwable failure, Line line, @Nullable Wire on) {
    RedisFault fault = failure == null ? null : RedisFault.of(failure);
    if (fault != null && fault.isReply() && !fault.isOfServer()) {
      complaints.tell(fault, "What cannot be had is answered with local copies, or not at all");
    }
    if (failure == null
        || fault == null
        || (fault.isReply() && fault.sent() && !fault.isOfServer())) {
      if (failures.get() != 0) {
        failures.set(0);
      }
      if (givenUp) {
        givenUp = false;
      }
      heard(fault);
      return;
    }
    if (on == null || on != line.wire() || on.awaitsOthers() || RedisFault.isElsewhere(failure)) {
      return; // of this connection it says nothing
    }
    if (fault.isCrowded()) {
      return; // too much was asked at once, and what was asked before is on its way
    }
    if (!fault.isReply() && !fault.isLost() && !isSilence(on)) {
      return;
    }
    if (failures.incrementAndGet() >= MOST_FAILURES) {
      failures.set(0);
      line.drop(on, failure);
    }
  }

  /**
   * Whether a call that found no answer in time tells something new of the connection: not if it
   * answered others meanwhile, and not if others that waited at the same time told it. To hang up
   * on a server that is only slow would throw its answers away.
   */
  private boolean isSilence(Wire on) {
    long now = System.nanoTime();
    boolean late = givenUp && on.heardAt() - givenUpAt > 0; // an answer came for nobody
    givenUpAt = now;
    givenUp = true;
    if (now - on.heardAt() < budget()) {
      if (late) {
        complaints.tellOfDelay(settings.times().call());
      }
      return false;
    }
    long last = silentAt.get();
    if (now - last < budget() || !silentAt.compareAndSet(last, now)) {
      return false;
    }
    if (on.heardAt() - last > 0) {
      failures.set(0); // there was an answer, however late
    }
    return true;
  }

  /** The connection was asked something of its own accord, to see whether it answers. */
  void silent(Wire wire, Throwable failure, Line line) {
    RedisFault fault = RedisFault.of(failure);
    if (fault.isReply() && !fault.isOfServer()) {
      complaints.tell(fault, "Whether anything has changed is not known");
    } else if (!RedisFault.isElsewhere(failure) && !fault.isCrowded()) {
      line.drop(wire, failure);
    }
  }

  private void heard(@Nullable RedisFault refusal) {
    if (refusal == null || refusal.isOfOneKey()) {
      refusals.pass();
    } else {
      refusals.add(refusal);
    }
  }

  /** The connection answers, though nobody may have asked for a flag. */
  void alive() {
    if (refusals.pass()) {
      report.succeeded();
    }
  }
}
