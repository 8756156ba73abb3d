package io.splitio.backend.split.keep;

import io.splitio.backend.Lane;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Segments that were never there and without which definitions that ask about them are not shown,
 * so that nobody is decided about by half of a change; but only for a moment. For one lane.
 */
public final class Awaited {
  /** A segment that takes longer comes when it comes: what else changed must not wait for it. */
  static final Duration LONGEST = Duration.ofSeconds(1);

  private final Lane lane;
  private final Staging staging;
  private final Set<String> segments = new HashSet<>();
  private @Nullable Future<?> timer;

  /** Nothing is awaited. */
  public Awaited(Lane lane, Staging staging) {
    this.lane = lane;
    this.staging = staging;
  }

  /** What is loaded from now on is shown when these segments have arrived, or some time is over. */
  public void begin(Collection<String> names) {
    if (names.isEmpty()) {
      return;
    }
    segments.addAll(names);
    staging.hold();
    if (timer == null) {
      timer = lane.after(LONGEST, this::end);
    }
  }

  /** A segment has arrived. */
  public void arrived(String segment) {
    if (segments.remove(segment) && segments.isEmpty()) {
      end();
    }
  }

  /** Shows all that was loaded; nothing is awaited any more. */
  public void end() {
    timer = Lane.cancelled(timer);
    segments.clear();
    staging.release();
  }
}
