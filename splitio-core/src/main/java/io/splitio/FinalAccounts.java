package io.splitio;

import io.splitio.LossListener.Loss;
import io.splitio.record.Recorder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application at the end what was lost, on a thread of its own, as what it does may last.
 *
 * @param listeners whom to tell
 * @param threads makes the thread
 */
record FinalAccounts(List<LossListener> listeners, ThreadFactory threads) {
  private static final Logger log = LoggerFactory.getLogger("splitio");
  private static final Duration RESERVED = Duration.ofMillis(250);

  /** What a delivery may take of the time that is left, so that there is some to tell of it. */
  Duration before(Duration left) {
    if (listeners.isEmpty()) {
      return left;
    }
    Duration tenth = left.dividedBy(10);
    return left.minus(tenth.compareTo(RESERVED) < 0 ? tenth : RESERVED);
  }

  /** Tells of what was lost, if anything, and waits for it so long. */
  void tell(Recorder.Accounts accounts, Duration left) {
    Loss loss =
        new Loss(
            accounts.impressions(), accounts.events(), accounts.countsLost(), accounts.keysLost());
    if (listeners.isEmpty() || !loss.any()) {
      return;
    }
    Thread teller = threads.newThread(() -> listeners.forEach(listener -> tell(listener, loss)));
    teller.start();
    join(teller, left);
    if (teller.isAlive()) {
      log.warn("A loss listener takes longer than the end of the SDK may; nobody waits for it");
      teller.interrupt();
    }
  }

  /** An interrupted thread waits as well: it may be the interrupt that made the loss. */
  private static void join(Thread teller, Duration left) {
    boolean interrupted = Thread.interrupted();
    try {
      TimeUnit.NANOSECONDS.timedJoin(teller, TimeUnit.NANOSECONDS.convert(left));
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void tell(LossListener listener, Loss loss) {
    try {
      listener.lost(loss);
    } catch (Throwable failure) { // the application's code: whatever it throws, the end goes on
      log.warn("A loss listener failed", failure);
    }
  }
}
