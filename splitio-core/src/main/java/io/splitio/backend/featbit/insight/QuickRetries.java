package io.splitio.backend.featbit.insight;

import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Recorder.Pause;
import java.time.Duration;

/** Tries a few times very soon, and then as usual. */
final class QuickRetries implements Pause {
  private final int most;
  private final Duration interval;
  private final Pause usual;
  private int done;

  QuickRetries(int most, Duration interval, Pause usual) {
    this.most = most;
    this.interval = interval;
    this.usual = usual;
  }

  @Override
  public Duration next(Delivery delivery) {
    if (done < most && delivery.fate() == Fate.TRY_AGAIN && delivery.notBefore() == null) {
      done++;
      return interval;
    }
    return usual.next(delivery);
  }

  @Override
  public void over() {
    done = 0;
    usual.over();
  }

  /**
   * The quick ones are spent: what is never taken would else be sent ten times a second for ever.
   */
  @Override
  public void partly() {
    usual.partly();
  }
}
