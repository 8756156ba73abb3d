package io.splitio.backend.redis.link;

import io.splitio.backend.redis.settings.Address.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
  private final Map<Node, Answer> each = new HashMap<>(); // guarded by this
  private final Set<Node> silent = new HashSet<>(); // guarded by this
  private int asked; // guarded by this
  private int newest; // guarded by this
  private @Nullable Node elected; // guarded by this
  private int electedAt; // guarded by this; the question whose answer told

  /** What one of them said last. */
  private record Answer(int question, Node master) {}

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

  /** Notes an answer, unless the sentinel has answered a later question: it may be outdated. */
  void note(int question, Node sentinel, Node master) {
    if (isChange(question, sentinel, master)) {
      changed.accept(master);
    } else if (isOfMost(master)) {
      agreed.accept(master);
    }
  }

  private synchronized boolean isChange(int question, Node sentinel, Node master) {
    silent.remove(sentinel);
    Answer before = each.get(sentinel);
    if (before != null && question < before.question) {
      return false;
    }
    boolean other = before != null && !before.master.equals(master);
    if (other && question < electedAt) {
      return false; // and not noted either, or it would be no change when it is said again
    }
    each.put(sentinel, new Answer(question, master));
    newest = Math.max(newest, question);
    if (!other) {
      return false;
    }
    elected = master;
    electedAt = question;
    return true;
  }

  /** A sentinel does not answer: it is not one of most until it does, but what it said holds. */
  synchronized void silent(Node sentinel) {
    silent.add(sentinel);
  }

  /** Most need a while to hear of an election that one of them knows of already. */
  private synchronized boolean isOfMost(Node master) {
    boolean fresh = elected != null && newest - electedAt < ROUNDS * sentinels;
    return (!fresh || master.equals(elected))
        && each.keySet().stream().filter(sentinel -> names(sentinel, master)).count()
            > sentinels / 2;
  }

  private boolean names(Node sentinel, Node master) {
    Answer answer = each.get(sentinel);
    return answer != null && answer.master.equals(master) && !silent.contains(sentinel);
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
