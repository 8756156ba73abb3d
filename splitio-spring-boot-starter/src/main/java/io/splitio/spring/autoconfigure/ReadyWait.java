package io.splitio.spring.autoconfigure;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;

/** Holds the start of the application until flags are there, in vain, or late. */
record ReadyWait(SplitFactory factory, SplitioProperties.Ready ready) {
  private static final Logger LOG = LoggerFactory.getLogger("splitio");

  void await() {
    try {
      factory.ready().get(TimeUnit.NANOSECONDS.convert(ready.timeout()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      late(factory.health());
    } catch (ExecutionException failure) {
      throw ended(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for flags", interrupt);
    }
  }

  private RuntimeException ended(ExecutionException failure) {
    if (factory.isDestroyed()) {
      return new IllegalStateException("The SDK was destroyed while it started", failure);
    }
    SdkHealth health = factory.health();
    if (health.fatal()) {
      return inVain(health);
    }
    Throwable cause = failure.getCause();
    return new IllegalStateException(cause == null ? null : cause.getMessage(), failure);
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
