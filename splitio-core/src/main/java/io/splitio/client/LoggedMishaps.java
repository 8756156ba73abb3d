package io.splitio.client;

import io.splitio.engine.Mishaps;
import io.splitio.engine.UnavailableException;
import io.splitio.log.LogSafe;
import io.splitio.log.Once;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts mishaps, and logs each kind once per definition. */
final class LoggedMishaps implements Mishaps {
  private static final Logger log = LoggerFactory.getLogger("splitio.evaluate");

  private final Telemetry telemetry;
  private final Once failures = new Once();
  private final Once circles = new Once();

  LoggedMishaps(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public void failed(String flag, Throwable cause) {
    telemetry.count(Counter.EVALUATION_ERRORS);
    boolean told = cause instanceof UnavailableException; // by the backend, for all flags at once
    if (!told && failures.isNew(flag)) {
      log.error(
          "Flag {} could not be evaluated ({}); further failures are only counted",
          LogSafe.quote(flag),
          cause.getClass().getName());
    }
    if (log.isDebugEnabled()) {
      log.debug("{} could not be evaluated", LogSafe.quote(flag), cause);
    }
  }

  @Override
  public void cycle(String name) {
    telemetry.count(Counter.CYCLES);
    if (circles.isNew(name)) {
      log.error(
          "{} depends on itself, or on too long a chain; that dependency is answered with control",
          LogSafe.quote(name));
    }
  }
}
