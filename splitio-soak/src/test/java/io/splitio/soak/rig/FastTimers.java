package io.splitio.soak.rig;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler for which time runs faster: every delay is divided by a factor. */
public final class FastTimers extends AbstractExecutorService implements ScheduledExecutorService {
  /** A day in five minutes. */
  public static final int DAY_IN_FIVE_MINUTES = 288;

  private final ScheduledExecutorService real;
  private final int factor;

  /** So many times as fast as this scheduler. */
  public FastTimers(ScheduledExecutorService real, int factor) {
    this.real = real;
    this.factor = factor;
  }

  private long nanos(long time, TimeUnit unit) {
    return Math.max(time > 0 ? 1 : 0, unit.toNanos(time) / factor);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return real.schedule(task, nanos(delay, unit), TimeUnit.NANOSECONDS);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return real.schedule(task, nanos(delay, unit), TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initial, long period, TimeUnit unit) {
    return real.scheduleAtFixedRate(
        task, nanos(initial, unit), nanos(period, unit), TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initial, long delay, TimeUnit unit) {
    return real.scheduleWithFixedDelay(
        task, nanos(initial, unit), nanos(delay, unit), TimeUnit.NANOSECONDS);
  }

  @Override
  public void execute(Runnable task) {
    real.execute(task);
  }

  @Override
  public void shutdown() {
    real.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return real.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return real.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return real.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return real.awaitTermination(timeout, unit);
  }
}
