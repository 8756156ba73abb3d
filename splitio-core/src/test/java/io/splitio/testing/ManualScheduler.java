package io.splitio.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose time stands still until a test moves it on. Tasks run on the thread that calls
 * {@link #advance}, one at a time, in the order of their times; a task that is due at once waits
 * for the next call, too. Any thread may hand tasks in.
 */
public final class ManualScheduler extends AbstractExecutorService
    implements ScheduledExecutorService {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
  private volatile long now;
  private long sequence; // guarded by this
  private volatile boolean shutdown;

  /** Runs everything that is due by then, and what that makes due. */
  public void advance(Duration time) {
    long end = now + time.toNanos();
    for (Task<?> task = next(end); task != null; task = next(end)) {
      task.run();
    }
    now = end;
  }

  private synchronized @Nullable Task<?> next(long end) {
    Task<?> task = tasks.peek();
    if (task == null || task.time > end) {
      return null;
    }
    tasks.remove();
    now = Math.max(now, task.time);
    return task;
  }

  /** Runs what is due now. */
  public void runDue() {
    advance(Duration.ZERO);
  }

  /** How many tasks wait. */
  public synchronized int waiting() {
    tasks.removeIf(FutureTask::isCancelled);
    return tasks.size();
  }

  /** A clock of the same time. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Instant instant() {
        return START.plusNanos(now);
      }
    };
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(Executors.callable(command), delay, 0, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return add(callable, delay, 0, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return add(Executors.callable(command), initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return add(Executors.callable(command), initialDelay, delay, unit);
  }

  private synchronized <V> Task<V> add(
      Callable<V> callable, long delay, long period, TimeUnit unit) {
    Task<V> task =
        new Task<>(callable, later(Math.max(0, unit.toNanos(delay))), unit.toNanos(period));
    if (!shutdown) {
      tasks.add(task);
    }
    return task;
  }

  /** A time from now; of what is too far away, the last there is. */
  private long later(long nanos) {
    return nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
  }

  @Override
  public void execute(Runnable command) {
    Future<?> unused = add(Executors.callable(command), 0, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown = true;
    List<Runnable> waiting = new ArrayList<>(tasks);
    tasks.clear();
    return waiting;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && tasks.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }

  /** A task with its time. */
  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final long period;
    private final long order = sequence++;
    private long time;

    private Task(Callable<V> callable, long time, long period) {
      super(callable);
      this.time = time;
      this.period = period;
    }

    @Override
    public void run() {
      if (period == 0) {
        super.run();
      } else if (runAndReset() && !shutdown) {
        again();
      }
    }

    private void again() {
      synchronized (ManualScheduler.this) {
        time = now + period;
        tasks.add(this);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(time - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Task<?> that = (Task<?>) other;
      return time == that.time ? Long.compare(order, that.order) : Long.compare(time, that.time);
    }
  }
}
