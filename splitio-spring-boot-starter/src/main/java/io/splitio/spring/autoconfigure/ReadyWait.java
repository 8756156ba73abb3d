package io.splitio.spring.autoconfigure;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;

/** Holds the start of the application until flags are there, in vain, or late. */
record ReadyWait(SplitFactory factory, SplitioProperties.Ready ready) {
  private static final Logger LOG = LoggerFactory.getLogger("splitio");
  // only a health report tells that waiting is in vain, so it is looked at between short waits
  private static final Duration STEP = Duration.ofMillis(20);

  void await() {
    long deadline = System.nanoTime() + ready.timeout().toNanos();
    CompletableFuture<Void> flags = factory.ready();
    while (!completes(flags)) {
      SdkHealth health = factory.health();
      if (health.fatal()) {
        throw inVain(health);
      }
      if (System.nanoTime() - deadline >= 0) {
        late(health);
        return;
      }
    }
  }

  private static boolean completes(CompletableFuture<Void> flags) {
    try {
      flags.get(STEP.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException destroyed) {
      throw new IllegalStateException("The SDK was destroyed while it started", destroyed);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for flags", interrupt);
    }
  }

  private static SplitioStartException inVain(SdkHealth health) {
    return new SplitioStartException(
        "Flags cannot be loaded: " + health.problem(),
        "Mend this, or set splitio.ready.block=BACKGROUND to start without flags; until they are"
            + " there, evaluations answer control or the configured fallback.");
  }

  private void late(SdkHealth health) {
    String time = DurationStyle.SIMPLE.print(ready.timeout());
    String problem = health.problem() == null ? "still loading" : health.problem();
    if (ready.failFast()) {
      throw new SplitioStartException(
          "Flags were not ready within " + time + ": " + problem + ".",
          "Raise splitio.ready.timeout, or set splitio.ready.fail-fast=false to start without"
              + " flags.");
    }
    LOG.warn(
        "Flags were not ready within {} ({}); the application starts, and evaluations answer"
            + " control or the configured fallback until they are",
        time,
        problem);
  }
}
