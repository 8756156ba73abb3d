package io.splitio.backend.localhost;

import io.splitio.backend.Feed;
import io.splitio.backend.Services;
import io.splitio.backend.localhost.LocalhostFiles.Contents;
import io.splitio.backend.localhost.LocalhostFiles.Look;
import io.splitio.engine.SnapshotStore;
import io.splitio.log.LogSafe;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Reads files once, or again and again.
 *
 * <p>A file may be half written when it is looked at, and half a YAML file can be valid. So nothing
 * is believed that is not the same, in size, time and content, when it is looked at again a little
 * later. Looks follow one another on the scheduler: each one arranges for the next.
 */
final class LocalhostFeed implements Feed {
  /** How long files must stay as they are to count as written. */
  static final Duration SETTLING = Duration.ofMillis(50);

  private final LocalhostFiles files;
  private final @Nullable Duration refresh;
  private final Services services;
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();

  // by the look in progress only; the scheduler orders looks
  private List<FileLook.Print> seen = List.of();
  private @Nullable List<String> applied;
  private @Nullable String told;

  private volatile boolean closed; // written by close only
  private volatile boolean resting; // written by suspend and resume
  private volatile @Nullable SnapshotStore store; // written by start only
  private volatile @Nullable Future<?> next; // written by start, then by looks only

  LocalhostFeed(LocalhostFiles files, @Nullable Duration refresh, Services services) {
    this.files = files;
    this.refresh = refresh;
    this.services = services;
  }

  @Override
  public CompletableFuture<Void> start(SnapshotStore into) {
    store = into;
    schedule(into, Duration.ZERO);
    return loaded;
  }

  @Override
  public CompletableFuture<Void> suspend() {
    resting = true;
    cancelNext();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void resume() {
    SnapshotStore into = store;
    if (resting && into != null) {
      resting = false;
      if (refresh != null || !loaded.isDone()) {
        schedule(into, Duration.ZERO);
      }
    }
  }

  @Override
  public boolean knowsTrafficTypes() {
    return false;
  }

  @Override
  public void close() {
    closed = true;
    cancelNext();
  }

  private void cancelNext() {
    Future<?> waiting = next;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  private void schedule(SnapshotStore into, Duration delay) {
    long nanos = TimeUnit.NANOSECONDS.convert(delay); // of a very long one, the longest there is
    next = services.scheduler().schedule(() -> look(into), nanos, TimeUnit.NANOSECONDS);
    if (closed || resting) {
      cancelNext();
    }
  }

  private void look(SnapshotStore into) {
    if (closed || resting) {
      return;
    }
    boolean settled = true;
    try {
      settled = lookAndApply(into);
    } catch (RuntimeException | Error e) { // a defect, or no memory: the next look may do better
      tell(Level.ERROR, files.name() + " could not be read (" + e + ").", e);
    }
    if (!settled) {
      schedule(into, SETTLING);
    } else if (refresh != null) {
      schedule(into, refresh);
    }
  }

  /** Whether the files were the same the last time. */
  private boolean lookAndApply(SnapshotStore into) {
    Look look = files.look(into.current());
    boolean settled = look.prints().equals(seen);
    seen = look.prints();
    if (!settled || closed) {
      return settled;
    }
    Contents contents = look.contents();
    if (contents == null) {
      UnreadableFileException problem = Objects.requireNonNull(look.problem());
      tell(Level.ERROR, problem.problem(), problem);
      return true;
    }
    List<String> digests = look.prints().stream().map(FileLook.Print::digest).toList();
    if (!digests.equals(applied)) {
      LocalhostUpdate update = new LocalhostUpdate(files, contents, into);
      String outdated = update.outdated();
      if (outdated != null) {
        tell(Level.WARN, outdated, null);
        return true;
      }
      update.apply();
      applied = digests;
    }
    succeed();
    return true;
  }

  private void succeed() {
    if (told != null) {
      LocalhostUpdate.log.info("{} can be read again", files.name());
      told = null;
    }
    if (refresh == null) {
      services.report().completed();
    } else {
      services.report().succeeded();
    }
    loaded.complete(null);
  }

  /** Reports what is wrong, and logs it once; its cause is for those who look for a defect. */
  private void tell(Level level, String problem, @Nullable Throwable cause) {
    String whole = LogSafe.line(problem) + " " + consequence();
    if (refresh == null) {
      services.report().failedForGood(whole);
      loaded.completeExceptionally(new UnreadableFileException(whole));
    } else {
      services.report().failed(whole);
    }
    if (!whole.equals(told)) {
      LocalhostUpdate.log.atLevel(level).log(whole);
      LocalhostUpdate.log.debug("How {} could not be used", files.name(), cause);
      told = whole;
    }
  }

  private String consequence() {
    if (refresh == null) {
      return "No flags are served until it is mended and the application started again.";
    }
    return applied == null
        ? "No flags are served until it is mended; it is looked at again every "
            + period(refresh)
            + "."
        : "The definitions read before stay in force; it is looked at again every "
            + period(refresh)
            + ".";
  }

  private static String period(Duration refresh) {
    return refresh.toMillis() % 1_000 == 0
        ? refresh.toSeconds() + " s"
        : refresh.toMillis() + " ms";
  }
}
