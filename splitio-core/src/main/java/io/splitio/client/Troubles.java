package io.splitio.client;

import io.splitio.log.Once;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells of each trouble once for each method and subject, and then only at debug level, because a
 * bad key tends to come with every request. What is not read is not put into words.
 */
final class Troubles {
  private static final Logger log = LoggerFactory.getLogger("splitio.evaluate");

  private final boolean aloud;
  private final Map<String, Map<Trouble, Once>> told = new ConcurrentHashMap<>();

  private Troubles(boolean aloud) {
    this.aloud = aloud;
  }

  /** Nothing was told yet. */
  static Troubles told() {
    return new Troubles(true);
  }

  /** Of questions that leave no trace: everything is told at debug level. */
  static Troubles whispered() {
    return new Troubles(false);
  }

  /** Tells in the name of a public method: the messages start with it. */
  Voice of(String method) {
    return new Voice(method);
  }

  private Once once(Trouble trouble, String method) {
    return told.computeIfAbsent(trouble.scope(method), scope -> new ConcurrentHashMap<>())
        .computeIfAbsent(trouble, kind -> new Once());
  }

  /** Tells what goes wrong in one method. Any thread may tell. */
  final class Voice {
    private final String method;
    private volatile Map<Trouble, Once> known = new EnumMap<>(Trouble.class); // never changed

    private Voice(String method) {
      this.method = method;
    }

    /**
     * Tells of a trouble.
     *
     * @param subject what tells this trouble from others of its kind
     */
    void tell(Trouble trouble, @Nullable String subject, @Nullable Object detail) {
      Level level = aloud && isNew(trouble, subject) ? trouble.level() : Level.DEBUG;
      if (log.isEnabledForLevel(level)) {
        log.atLevel(level).log("{}: {}", method, trouble.words(subject, detail));
      }
    }

    private boolean isNew(Trouble trouble, @Nullable String subject) {
      Once once = known.get(trouble);
      return (once == null ? first(trouble) : once).isNew(subject == null ? "(null)" : subject);
    }

    /** Two threads may undo each other's; then it is looked up once more. */
    private Once first(Trouble trouble) {
      Once once = once(trouble, method);
      Map<Trouble, Once> more = new EnumMap<>(known);
      more.put(trouble, once);
      known = more;
      return once;
    }
  }
}
