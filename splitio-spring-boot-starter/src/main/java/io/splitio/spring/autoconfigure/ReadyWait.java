package io.splitio.spring.autoconfigure;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/** Holds the start of the application until flags are there, in vain, or late. */
record ReadyWait(SplitFactory factory, SplitioProperties.Ready ready, Environment environment) {
  private static final Logger LOG = LoggerFactory.getLogger("splitio");
  private static final ConfigurationPropertyName KEY =
      ConfigurationPropertyName.of("splitio.api-key");
  private static final String CLOUD = "cloud";
  private static final String FEATBIT = "featbit";

  void await() {
    try {
      factory.ready().get(TimeUnit.NANOSECONDS.convert(timeout()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      late(factory.health());
    } catch (ExecutionException failure) {
      throw ended(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for flags", interrupt);
    }
  }

  /** How long it waits at most. */
  Duration timeout() {
    return ready.timeout(factory.health().mode().equals(FEATBIT));
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

  private SplitioStartException inVain(SdkHealth health) {
    return new SplitioStartException(
        "Flags cannot be loaded: " + health.problem(),
        (health.mode().equals(CLOUD) ? aboutTheKey() : "")
            + "Mend this, or set splitio.ready.block=BACKGROUND to start without flags; until they"
            + " are there, evaluations answer control or the configured fallback.");
  }

  private String aboutTheKey() {
    return "splitio.api-key"
        + origin()
        + " must be the server-side SDK key of the environment that is meant; keys of browsers and"
        + " apps and keys of the admin API are refused. If it is right, look at what is between"
        + " here and the service: a proxy, a firewall, splitio.endpoints.*. ";
  }

  /** Where the key was set, as far as that is known. */
  private String origin() {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty key = source.getConfigurationProperty(KEY);
      if (key != null) {
        return key.getOrigin() == null ? "" : " (from " + key.getOrigin() + ")";
      }
    }
    return "";
  }

  private void late(SdkHealth health) {
    if (factory.status().evaluates()) {
      LOG.warn(
          "Flags are not current yet ({}); the application starts with those that were kept",
          health.problem() == null ? "still loading" : health.problem());
      return;
    }
    String time = DurationStyle.SIMPLE.print(timeout());
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
