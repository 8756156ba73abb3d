package io.splitio.spring.autoconfigure;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.api.SdkStatus;
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

  /** Waits so long, which may be what is left of the time a start may take. */
  void await(Duration patience) {
    try {
      factory.ready().get(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      withoutFlags(
          "within " + DurationStyle.SIMPLE.print(timeout()), "Raise splitio.ready.timeout");
    } catch (ExecutionException failure) {
      ended(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for flags", interrupt);
    }
  }

  /** How long it waits at most. */
  Duration timeout() {
    return ready.timeout(factory.health().mode().equals(FEATBIT));
  }

  private void ended(ExecutionException failure) {
    if (factory.isDestroyed()) {
      throw new IllegalStateException("The SDK was destroyed while it started", failure);
    }
    SdkHealth health = factory.health();
    if (health.fatal()) {
      throw inVain(health);
    }
    withoutFlags("and are not to be expected soon", "Mend this"); // it is no mistake of this side
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

  private void withoutFlags(String when, String remedy) {
    SdkHealth health = factory.health();
    String problem = health.problem() == null ? "still loading" : health.problem();
    if (factory.status() == SdkStatus.READY) {
      return; // they came at the last moment
    }
    if (factory.status().evaluates()) {
      LOG.warn(
          "Flags are not current yet ({}); the application starts with those that were kept",
          problem);
      return;
    }
    if (ready.failFast()) {
      throw new SplitioStartException(
          "Flags were not ready " + when + ": " + problem + ".",
          remedy + ", or set splitio.ready.fail-fast=false to start without flags.");
    }
    LOG.warn(
        "Flags were not ready {} ({}); the application starts, and evaluations answer control or"
            + " the configured fallback until they are",
        when,
        problem);
  }
}
