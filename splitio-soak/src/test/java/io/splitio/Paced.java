package io.splitio;

import io.splitio.backend.Connector;
import io.splitio.record.Recorder;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** Starts instances whose timers go off sooner, and tells of their books. */
public final class Paced {
  private Paced() {}

  /** Starts an instance at this pace. */
  public static SplitFactory start(
      Connector connector, SplitConfig config, UnaryOperator<ScheduledExecutorService> pace) {
    return SplitFactory.create(connector, config, pace);
  }

  /** What became of all it recorded. */
  public static Recorder.Accounts accounts(SplitFactory factory) {
    return factory.accounts();
  }
}
