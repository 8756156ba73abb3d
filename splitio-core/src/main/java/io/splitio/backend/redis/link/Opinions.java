package io.splitio.backend.redis.link;

import io.splitio.backend.redis.settings.Address.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whom each sentinel names as the master. A sentinel that names another than before has heard of an
 * election; one that lives in the past names the same for ever, and so unseats nobody, unless most
 * do.
 */
final class Opinions {
  private static final int ROUNDS = 10; // about as many seconds

  private final int sentinels;
  private final Consumer<Node> changed;
  private final Consumer<Node> agreed;
  private final Map<Node, Node> each = new HashMap<>(); // guarded by this
  private int asked; // guarded by this
  private int newest; // guarded by this
  private @Nullable Node elected; // guarded by this
  private int electedAt; // guarded by this; the question whose answer told

  /**
   * Has somebody told of each change, and of each answer that most sentinels agree with, on a
   * thread that must not wait.
   */
  Opinions(int sentinels, Consumer<Node> changed, Consumer<Node> agreed) {
    this.sentinels = sentinels;
    this.changed = changed;
    this.agreed = agreed;
  }

  /** The number of a question that is about to be asked. */
  synchronized int ask() {
    return ++asked;
  }

  /** Notes an answer, unless one to a later question came before: it may be outdated. */
  void note(int question, Node sentinel, Node master) {
    if (isChange(question, sentinel, master)) {
      changed.accept(master);
    } else if (isOfMost(master)) {
      agreed.accept(master);
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
    electedAt = question;
    return true;
  }

  /** Most need a while to hear of an election that one of them knows of already. */
  private synchronized boolean isOfMost(Node master) {
    boolean fresh = elected != null && newest - electedAt < ROUNDS * sentinels;
    return (!fresh || master.equals(elected))
        && each.values().stream().filter(master::equals).count() > sentinels / 2;
  }

  /** Who is named by most proved to be a master; false where most have changed their mind. */
  synchronized boolean elect(Node master) {
    if (!isOfMost(master)) {
      return false;
    }
    elected = master;
    electedAt = newest;
    return true;
  }

  /** Whom a sentinel named last that had named another, or most name; null for nobody. */
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
