package io.splitio;

import io.splitio.net.Backoff;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Recorder;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long recorded data waits after a failure: seconds for troubles that pass, minutes for those
 * that last.
 *
 * @param passing for troubles that pass
 * @param lasting for those that last
 */
record TwoRegimes(Backoff passing, Backoff lasting) implements Recorder.Pause {

  static TwoRegimes pause() {
    return new TwoRegimes(
        Backoff.normal(TwoRegimes::random, System::nanoTime),
        Backoff.extended(TwoRegimes::random, System::nanoTime));
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public Duration next(Delivery delivery) {
    Backoff regime = delivery.fate() == Fate.TRY_MUCH_LATER ? lasting : passing;
    return regime.failed(delivery.notBefore());
  }

  @Override
  public void over() {
    passing.succeeded();
    lasting.reset();
  }

  @Override
  public void partly() {
    passing.reset();
    lasting.reset();
  }
}
