package io.splitio.client;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
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
  private final Map<Trouble, Map<String, Once>> told = new EnumMap<>(Trouble.class);

  private Troubles(boolean aloud) {
    this.aloud = aloud;
    for (Trouble trouble : Trouble.values()) {
      told.put(trouble, new ConcurrentHashMap<>());
    }
  }

  /** Nothing was told yet. */
  static Troubles told() {
    return new Troubles(true);
  }

  /** Of questions that leave no trace: everything is told at debug level. */
  static Troubles whispered() {
    return new Troubles(false);
  }

  /**
   * Tells of a trouble.
   *
   * @param method the public method that was called; the message starts with it
   * @param subject what tells this trouble from others of its kind
   */
  void tell(Trouble trouble, String method, @Nullable String subject, @Nullable Object detail) {
    Level level = aloud && isNew(trouble, method, subject) ? trouble.level() : Level.DEBUG;
    if (log.isEnabledForLevel(level)) {
      log.atLevel(level).log("{}: {}", method, trouble.words(subject, detail));
    }
  }

  private boolean isNew(Trouble trouble, String method, @Nullable String subject) {
    Map<String, Once> scopes = told.get(trouble);
    if (scopes == null) {
      return false;
    }
    String scope = trouble.scope(method);
    Once once = scopes.get(scope);
    if (once == null) {
      once = scopes.computeIfAbsent(scope, name -> new Once());
    }
    return once.isNew(subject == null ? "(null)" : subject);
  }

  /** Remembers of what was told already, up to a thousand different things. Any thread may ask. */
  static final class Once {
    private static final int MOST = 1_000;
    private static final int LONGEST = 256;

    private final Set<String> told = Collections.newSetFromMap(new ConcurrentHashMap<>());

    /** Whether this was not told before, and there is room to remember it. */
    boolean isNew(String what) {
      String kept = what.length() > LONGEST ? what.substring(0, LONGEST) : what;
      return !told.contains(kept) && told.size() < MOST && told.add(kept);
    }
  }
}
