package io.splitio.backend.redis.link;

import io.splitio.backend.redis.settings.Address.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whom each sentinel names as the master. A sentinel that names another than before has heard of an
 * election; one that lives in the past names the same for ever, and so unseats nobody.
 */
final class Opinions {
  private final Consumer<Node> changed;
  private final Map<Node, Node> each = new HashMap<>(); // guarded by this
  private int asked; // guarded by this
  private int newest; // guarded by this
  private @Nullable Node elected; // guarded by this

  /** Has somebody told of each change, on a thread that must not wait. */
  Opinions(Consumer<Node> changed) {
    this.changed = changed;
  }

  /** The number of a question that is about to be asked. */
  synchronized int ask() {
    return ++asked;
  }

  /** Notes an answer, unless one to a later question came before: it may be outdated. */
  void note(int question, Node sentinel, Node master) {
    if (isChange(question, sentinel, master)) {
      changed.accept(master);
    }
  }

  private synchronized boolean isChange(int question, Node sentinel, Node master) {
    if (question < newest) {
      return false;
    }
    newest = question;
    Node before = each.put(sentinel, master);
    if (before == null || before.equals(master)) {
      return false;
    }
    elected = master;
    return true;
  }

  /** Whom a sentinel named last that had named another before, or null for nobody. */
  synchronized @Nullable Node elected() {
    return elected;
  }

  /** Forgets that somebody was elected who proved to be no master. */
  synchronized void failed(Node master) {
    if (master.equals(elected)) {
      elected = null;
    }
  }
}
