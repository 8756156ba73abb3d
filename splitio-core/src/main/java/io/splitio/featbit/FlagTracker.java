package io.splitio.featbit;

import io.splitio.api.FlagChangeListener;
import io.splitio.client.Decisions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of changes of flags, on one thread of the SDK, one after another. Nothing is told of flags
 * from files.
 */
public final class FlagTracker {
  private final Decisions.Surroundings surroundings;
  private final Evaluating evaluating;

  FlagTracker(Evaluating evaluating) {
    this.evaluating = evaluating;
    this.surroundings = evaluating.decisions().surroundings();
  }

  /** Hears what a flag serves a user. */
  @FunctionalInterface
  public interface FlagValueListener {
    /**
     * The flag changed.
     *
     * @param change what it serves now, and before
     */
    void changed(FlagValueChange change);
  }

  /**
   * What a flag serves a user now, and before.
   *
   * @param key the key of the flag
   * @param oldValue its value as text, or null when it served none
   * @param newValue the same now
   */
  public record FlagValueChange(String key, @Nullable String oldValue, @Nullable String newValue) {}

  /**
   * A tracker whose evaluations send nothing to FeatBit; those of this one are told like the
   * application's own.
   */
  public FlagTracker withoutInsights() {
    return new FlagTracker(evaluating.untold());
  }

  /** Tells a listener which flags changed; one that is added twice hears twice. */
  public void addFlagChangeListener(FlagChangeListener listener) {
    surroundings.listen(Objects.requireNonNull(listener, "listener"));
  }

  /** Takes back one addition of a listener, whichever method returned or took it. */
  public void removeFlagChangeListener(FlagChangeListener listener) {
    surroundings.ignore(listener);
  }

  /**
   * Tells a listener when a flag serves a user something else than before, a default included.
   *
   * @return what to remove it with
   * @throws IllegalArgumentException when the key is blank
   */
  public FlagChangeListener addFlagValueChangeListener(
      String key, FeatBitUser user, FlagValueListener listener) {
    return follow(key, user, listener, true);
  }

  /**
   * Tells a listener what a flag serves a user after each change of the flag, also when it is the
   * same as before.
   *
   * @return what to remove it with
   * @throws IllegalArgumentException when the key is blank
   */
  public FlagChangeListener addFlagValueMaybeChangedListener(
      String key, FeatBitUser user, FlagValueListener listener) {
    return follow(key, user, listener, false);
  }

  private FlagChangeListener follow(
      String key, FeatBitUser user, FlagValueListener listener, boolean differentOnly) {
    if (key == null || key.isBlank()) {
      throw new IllegalArgumentException("the key of the flag is blank; name one");
    }
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(listener, "listener");
    Following following = new Following(key, user, listener, differentOnly);
    following.begin();
    return following;
  }

  /** Follows the value of one flag for one user. */
  private final class Following implements FlagChangeListener {
    private final String key;
    private final FeatBitUser user;
    private final FlagValueListener listener;
    private final boolean differentOnly;
    private @Nullable String latest; // guarded by this

    private Following(
        String key, FeatBitUser user, FlagValueListener listener, boolean differentOnly) {
      this.key = key;
      this.user = user;
      this.listener = listener;
      this.differentOnly = differentOnly;
    }

    /** A change from now on waits for the first value, so that none comes between the two. */
    private synchronized void begin() {
      surroundings.listen(this);
      latest = value(key, user);
    }

    @Override
    public void flagsChanged(Set<String> flags) {
      if (!flags.contains(key)) {
        return;
      }
      String before;
      String now;
      synchronized (this) {
        before = latest;
        now = value(key, user);
        latest = now;
      }
      if (!differentOnly || !Objects.equals(before, now)) {
        listener.changed(new FlagValueChange(key, before, now));
      }
    }
  }

  private @Nullable String value(String key, FeatBitUser user) {
    return evaluating.detail(Kind.TEXT, key, user, null).variation();
  }
}
