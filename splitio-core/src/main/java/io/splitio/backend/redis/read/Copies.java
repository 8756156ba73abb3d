package io.splitio.backend.redis.read;

import io.splitio.log.LogSafe;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local copies of the definitions of one kind, compiled, one for each name. Many threads ask at
 * once; a name is asked of Redis by one of them at a time, and the others wait for its answer.
 *
 * <p>A copy that is no longer fresh stays: it is the one to serve when Redis does not answer, and
 * it is not compiled again while what is stored stays the same. What failed is never kept.
 */
final class Copies<T> {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  /** How long a copy is served without asking while Redis tells of changes, for good measure. */
  static final long SAFETY_NANOS = Duration.ofMinutes(5).toNanos();

  private static final int MOST_ABSENT = 10_000;
  private static final byte[] NOTHING_STORED = {};

  private final UnaryOperator<String> key;
  private final Compiler<T> compiler;
  private final long freshNanos;
  private final Push push;
  private final Consumer<String> missing;
  private final ConcurrentMap<String, Copy<T>> held = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Copy<T>> absent = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Loading> loading = new ConcurrentHashMap<>();

  /**
   * No copies yet.
   *
   * @param key the key in Redis of a name
   * @param compiler makes definitions of what is stored
   * @param freshNanos how long a copy is served without asking, unless Redis tells of changes
   * @param push whether it does
   */
  Copies(UnaryOperator<String> key, Compiler<T> compiler, long freshNanos, Push push) {
    this(key, compiler, freshNanos, push, name -> {});
  }

  /** The same, where somebody is told of a name that nothing is stored under. */
  Copies(
      UnaryOperator<String> key,
      Compiler<T> compiler,
      long freshNanos,
      Push push,
      Consumer<String> missing) {
    this.key = key;
    this.compiler = compiler;
    this.freshNanos = freshNanos;
    this.push = push;
    this.missing = missing;
  }

  /** Makes a definition of what is stored. */
  @FunctionalInterface
  interface Compiler<T> {
    /** The definition, or null when it is not in force; the name is that of the key. */
    @Nullable T compile(String name, byte[] stored) throws IOException;
  }

  /** The last copy if it may be served without asking, or null. */
  @Nullable Copy<T> fresh(String name) {
    Copy<T> copy = last(name);
    return copy != null && isFresh(copy) ? copy : null;
  }

  private boolean isFresh(Copy<T> copy) {
    long age = System.nanoTime() - copy.loadedAt();
    long epoch = push.epoch();
    return epoch == Push.NONE
        ? age < freshNanos && !copy.isOutdated()
        : copy.epoch() == epoch && age < SAFETY_NANOS;
  }

  /** What is stored under a name changed: what is on its way may be of before. */
  void outdated(String name) {
    Loading under = loading.remove(name);
    if (under != null) {
      under.outdated = true;
    }
    held.computeIfPresent(name, (same, copy) -> copy.outdated());
    absent.remove(name);
  }

  /** Anything may have changed. */
  void outdated() {
    loading.keySet().forEach(this::outdated);
  }

  /** The last copy, however old, or null. */
  @Nullable Copy<T> last(String name) {
    Copy<T> copy = held.get(name);
    return copy == null ? absent.get(name) : copy;
  }

  /** Has a name loaded; it is handed over if it has to be asked for. */
  CompletableFuture<Copy<T>> load(String name, Consumer<Loading> begun) {
    Loading mine = new Loading(name);
    Loading first = loading.putIfAbsent(name, mine);
    if (first != null) {
      return first.copy;
    }
    begun.accept(mine);
    return mine.copy;
  }

  /** Hands over the definitions there are. */
  void forEach(BiConsumer<String, T> action) {
    held.forEach(
        (name, copy) -> {
          if (copy.definition() != null) {
            action.accept(name, copy.definition());
          }
        });
  }

  /** One name on its way. */
  final class Loading {
    private final String name;
    private final long askedAt = System.nanoTime();
    private final long epoch = push.epoch();
    private volatile boolean outdated; // written by whoever hears of a change
    private final CompletableFuture<Copy<T>> copy = new CompletableFuture<>();

    private Loading(String name) {
      this.name = name;
    }

    String key() {
      return key.apply(name);
    }

    String name() {
      return name;
    }

    /** Redis said what this is, or that it is nothing; it needs no compiling. */
    void arrived(T definition, boolean nothing) {
      settle(new Copy<>(definition, null, nothing ? null : NOTHING_STORED, askedAt, epoch));
    }

    /**
     * Redis said what is stored, or that nothing is. Whatever happens here happens to this name
     * only, and to nobody who waits for ever.
     */
    void arrived(byte @Nullable [] stored) {
      try {
        settle(made(name, stored, askedAt).of(epoch));
      } catch (RuntimeException | Error e) {
        log.warn("No use can be made of what is stored under {}", LogSafe.quote(key()), e);
        failed(e);
      }
    }

    /** Whether something is stored, as far as is known. */
    boolean isKnown() {
      return held.containsKey(name);
    }

    /** Nothing is stored, but what was is served on, and asked about again. */
    void vanished() {
      loading.remove(name, this);
      Copy<T> before = held.get(name);
      copy.complete(
          before == null ? new Copy<>(null, null, null, askedAt, epoch) : before.outdated());
    }

    private void settle(Copy<T> made) {
      if (outdated) {
        keepAsLast(name, made);
      } else {
        keep(name, made);
        if (outdated) { // heard of while it was kept; to ask once too often does no harm
          held.computeIfPresent(name, (same, kept) -> kept.outdated());
          absent.remove(name);
        }
      }
      loading.remove(name, this);
      copy.complete(made);
    }

    /** It is not known what is stored. */
    void failed(Throwable cause) {
      loading.remove(name, this);
      copy.completeExceptionally(cause);
    }
  }

  private void keep(String name, Copy<T> copy) {
    if (copy.stored() != null) {
      held.put(name, copy);
      absent.remove(name);
      return;
    }
    held.remove(name);
    if (absent.size() >= MOST_ABSENT) {
      absent.clear(); // somebody asks for names that nobody made up flags for
    }
    if (absent.put(name, copy) == null) {
      missing.accept(name);
    }
  }

  /** What may have changed since it was asked for is better than nothing, and than older things. */
  private void keepAsLast(String name, Copy<T> copy) {
    Copy<T> nothing = absent.get(name);
    if (copy.stored() != null && (nothing == null || isLater(copy, nothing))) {
      held.merge(
          name,
          copy.outdated(),
          (other, mine) -> other.isOutdated() && isLater(mine, other) ? mine : other);
    }
  }

  private static boolean isLater(Copy<?> one, Copy<?> other) {
    return one.loadedAt() - other.loadedAt() > 0;
  }

  private Copy<T> made(String name, byte @Nullable [] stored, long askedAt) {
    Copy<T> before = held.get(name);
    if (stored == null) {
      return new Copy<>(null, null, null, askedAt, Push.NONE);
    }
    if (before != null && Arrays.equals(before.stored(), stored)) {
      return new Copy<>(before.definition(), before.problem(), before.stored(), askedAt, Push.NONE);
    }
    try {
      return new Copy<>(compiler.compile(name, stored), null, stored, askedAt, Push.NONE);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      String problem = LogSafe.line(String.valueOf(e.getMessage()));
      log.warn(
          "What is stored under {} cannot be read: {}. {}",
          LogSafe.quote(key.apply(name)),
          problem,
          before == null ? "The answer is control" : "The last one that could stays in force");
      return new Copy<>(
          before == null ? null : before.definition(), problem, stored, askedAt, Push.NONE);
    }
  }
}
