package io.splitio.client;

import io.splitio.engine.Mishaps;
import io.splitio.log.LogSafe;
import io.splitio.log.ToldOnce;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts mishaps, and logs each kind once per definition. */
final class LoggedMishaps implements Mishaps {
  private static final Logger log = LoggerFactory.getLogger("splitio.evaluate");

  private final Telemetry telemetry;
  private final ToldOnce told = new ToldOnce();

  LoggedMishaps(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public void failed(String flag, Throwable cause) {
    telemetry.count(Counter.EVALUATION_ERRORS);
    String name = LogSafe.quote(flag);
    if (told.isNew("failed " + name)) {
      log.error(
          "Flag {} could not be evaluated ({}); further failures are only counted",
          name,
          cause.getClass().getName());
    }
    log.debug("Flag {} could not be evaluated", name, cause);
  }

  @Override
  public void cycle(String name) {
    telemetry.count(Counter.CYCLES);
    String quoted = LogSafe.quote(name);
    if (told.isNew("cycle " + quoted)) {
      log.error(
          "{} depends on itself, or on too long a chain; that dependency is answered with control",
          quoted);
    }
  }
}
