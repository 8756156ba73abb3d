package io.splitio.backend.redis.read;

import io.splitio.backend.redis.link.RedisFault;
import io.splitio.backend.redis.link.Wire;
import io.splitio.engine.Change;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import io.splitio.flag.Dependencies;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what one question needs, level by level (Redis specification 6.2): the flags asked for,
 * then what those depend on, and so on, each level in one exchange; memberships are asked as soon
 * as a definition mentions a segment.
 *
 * <p>Where a copy is held that is no longer fresh, its dependencies are asked for along with it, so
 * that asking again takes one exchange and not one for each level. A name is asked for once, so
 * circles end.
 */
final class Gathering {
  private final Local local;
  private final Reads reads;
  private final Query query;
  private final long staleNanos;
  private final @Nullable Wire on;
  private final long version;
  private final CompletableFuture<Snapshot> result = new CompletableFuture<>();

  // guarded by this
  private final Kind<FeatureFlag> flags;
  private final Kind<RuleBasedSegment> ruleBased;
  private final Map<String, CompletableFuture<Boolean>> members = new HashMap<>();
  private final Map<String, Set<String>> flagSets = new HashMap<>();
  private Doubt doubt = new Doubt(this::refused);
  private @Nullable Throwable trouble;
  private @Nullable String unreadable; // a definition that never could be read
  private boolean asked; // something, of Redis
  private boolean late; // something is not of now
  private @Nullable Outcome outcome;

  Gathering(Local local, Reads reads, Query query, long staleNanos, @Nullable Wire on) {
    this.on = on;
    this.local = local;
    this.reads = reads;
    this.query = query;
    this.staleNanos = staleNanos;
    this.version = local.push().version();
    this.flags = new Kind<>(local.flags(), FeatureFlag::dependencies);
    this.ruleBased = new Kind<>(local.ruleBased(), RuleBasedSegment::dependencies);
  }

  /** What was found of definitions of one kind. */
  private final class Kind<T> {
    private final Copies<T> copies;
    private final Function<T, Dependencies> dependencies;
    private final Set<String> wanted = new HashSet<>();
    private final Deque<String> unseen = new ArrayDeque<>();
    private final Map<String, T> found = new HashMap<>();
    private final Set<String> absent = new HashSet<>();

    private Kind(Copies<T> copies, Function<T, Dependencies> dependencies) {
      this.copies = copies;
      this.dependencies = dependencies;
    }

    private void want(Collection<String> names) {
      for (String name : names) {
        if (wanted.add(name)) {
          unseen.add(name);
        }
      }
    }

    /** Takes what is fresh, and has the rest loaded. */
    private void look(List<Copies<?>.Loading> begun, List<CompletableFuture<?>> awaited) {
      for (String name = unseen.poll(); name != null; name = unseen.poll()) {
        Copy<T> fresh = copies.fresh(name);
        if (fresh == null) {
          load(name, begun, awaited);
        } else {
          take(name, fresh);
        }
      }
    }

    private void load(
        String name, List<Copies<?>.Loading> begun, List<CompletableFuture<?>> awaited) {
      Copy<T> last = copies.last(name);
      if (last != null && last.definition() != null) {
        follow(dependencies.apply(last.definition()));
      }
      asked = true;
      awaited.add(
          copies.load(name, begun::add).handle((copy, failure) -> arrived(name, copy, failure)));
    }

    private boolean arrived(String name, @Nullable Copy<T> copy, @Nullable Throwable failure) {
      synchronized (Gathering.this) {
        if (copy != null) {
          take(name, copy);
          return true;
        }
        trouble = failure;
        return takeStale(name);
      }
    }

    private boolean takeStale(String name) {
      Copy<T> last = copies.last(name);
      if (last == null || isTooOld(last)) {
        return false;
      }
      take(name, last);
      return true;
    }

    private void take(String name, Copy<T> copy) {
      late |= copy.isOutdated();
      T definition = copy.definition();
      if (definition != null) {
        found.put(name, definition);
        follow(dependencies.apply(definition));
      } else if (copy.isAbsent()) {
        absent.add(name);
      } else if (unreadable == null) {
        unreadable = "what is stored cannot be read: " + copy.problem();
      }
    }

    /** Takes old copies in the place of what did not arrive. */
    private void giveUp() {
      for (String name : List.copyOf(wanted)) {
        if (!found.containsKey(name) && !absent.contains(name)) {
          takeStale(name);
        }
      }
    }
  }

  /** Begins; the future completes when everything is there, or what is not will not come. */
  CompletableFuture<Snapshot> begin() {
    flags.want(query.flags());
    if (query.flagSets().isEmpty()) {
      advance();
    } else {
      lookIntoFlagSets();
    }
    return result;
  }

  private void lookIntoFlagSets() {
    List<Copies<Set<String>>.Loading> begun = new ArrayList<>();
    List<CompletableFuture<?>> awaited = new ArrayList<>();
    try {
      query.flagSets().forEach(set -> lookInto(set, begun, awaited));
      Doubt mine = doubt(); // and no monitor: others wait for the same sets, and hold theirs
      begun.forEach(set -> reads.flagSet(set, mine));
    } catch (RuntimeException | Error e) {
      begun.forEach(one -> one.failed(e)); // or who asks next would wait for what was never sent
      failed(e);
      return;
    }
    ask(awaited);
  }

  private void lookInto(
      String set, List<Copies<Set<String>>.Loading> begun, List<CompletableFuture<?>> awaited) {
    Copies<Set<String>> sets = local.flagSets();
    Copy<Set<String>> fresh = sets.fresh(set);
    if (fresh != null) {
      opened(set, fresh, null);
      return;
    }
    wantAgain(sets.last(set));
    awaited.add(sets.load(set, begun::add).handle((copy, failure) -> opened(set, copy, failure)));
  }

  private boolean isTooOld(Copy<?> copy) {
    return local.push().age(copy.loadedAt(), copy.epoch()) > staleNanos;
  }

  /** The connection there was when this began, or null. */
  @Nullable Wire on() {
    return on;
  }

  /** What was in a set the last time is asked for along with it. */
  private synchronized void wantAgain(@Nullable Copy<Set<String>> last) {
    asked = true;
    if (last != null && last.definition() != null) {
      flags.want(last.definition());
    }
  }

  private synchronized boolean opened(
      String set, @Nullable Copy<Set<String>> copy, @Nullable Throwable failure) {
    Copy<Set<String>> usable = copy;
    if (usable == null) {
      trouble = failure;
      Copy<Set<String>> last = local.flagSets().last(set);
      usable = last == null || isTooOld(last) ? null : last;
    }
    late |= usable != null && usable.isOutdated();
    if (usable != null && usable.definition() != null) {
      flagSets.put(set, usable.definition());
      flags.want(usable.definition());
    }
    return usable != null;
  }

  private void advance() {
    ask(new ArrayList<>());
  }

  private void ask(List<CompletableFuture<?>> awaited) {
    List<Copies<?>.Loading> begun = new ArrayList<>();
    List<CompletableFuture<?>> memberships;
    Doubt mine = doubt();
    try {
      memberships = look(begun, awaited);
      reads.definitions(begun, mine);
    } catch (RuntimeException | Error e) {
      begun.forEach(one -> one.failed(e)); // or who asks next would wait for what was never sent
      mine.fail(e); // the same
      failed(e);
      return;
    }
    if (awaited.isEmpty()) {
      after(memberships, () -> finish("the answer did not come"));
    } else {
      after(awaited, this::advance);
    }
  }

  private synchronized List<CompletableFuture<?>> look(
      List<Copies<?>.Loading> begun, List<CompletableFuture<?>> awaited) {
    while (!flags.unseen.isEmpty() || !ruleBased.unseen.isEmpty()) {
      flags.look(begun, awaited);
      ruleBased.look(begun, awaited);
    }
    doubt = new Doubt(this::refused); // about what is asked for from now on
    return List.copyOf(members.values());
  }

  private synchronized Doubt doubt() {
    return doubt;
  }

  private synchronized void refused(Throwable why) {
    trouble = why;
  }

  private void failed(Throwable why) {
    refused(why);
    finish("it could not be asked for");
  }

  private void follow(Dependencies dependencies) {
    if (query.definitionsOnly()) {
      return;
    }
    flags.want(dependencies.flags());
    ruleBased.want(dependencies.ruleBasedSegments());
    for (String segment : dependencies.segments()) {
      members.computeIfAbsent(segment, this::member);
    }
  }

  private CompletableFuture<Boolean> member(String segment) {
    Boolean known = local.members().fresh(segment, query.key());
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    asked = true;
    return local.members().ask(reads, doubt, segment, query.key());
  }

  private static void after(List<? extends CompletableFuture<?>> all, Runnable next) {
    CompletableFuture<?> unused =
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
            .whenComplete((done, failure) -> next.run());
  }

  /** Answers with what is there. */
  Snapshot giveUp(String why) {
    synchronized (this) {
      late = true;
      flags.giveUp();
      ruleBased.giveUp();
    }
    finish(why);
    return result.join();
  }

  /** Whether Redis was asked anything; what is known by heart says nothing of it. */
  synchronized boolean askedRedis() {
    return asked;
  }

  /** What kept Redis from answering, or what it refused, or null. */
  synchronized @Nullable Throwable trouble() {
    return trouble;
  }

  private void finish(String why) {
    Snapshot snapshot;
    synchronized (this) {
      if (result.isDone()) {
        return;
      }
      Map<String, Boolean> answers = answered();
      boolean whole = trouble == null && !late;
      Found found =
          new Found(
              answers,
              setsWithoutAbsentFlags(),
              Set.copyOf(flags.absent),
              Set.copyOf(ruleBased.absent),
              problem(why));
      snapshot =
          Change.flags(flags.found.values(), List.of(), -1)
              .and(Change.ruleBasedSegments(ruleBased.found.values(), List.of(), -1))
              .applyTo(Snapshot.EMPTY)
              .with(found);
      if (whole) {
        String[] segments = members.keySet().toArray(String[]::new);
        outcome = new Outcome(snapshot, found, segments, version);
      }
    }
    result.complete(snapshot);
  }

  private String problem(String otherwise) {
    if (trouble != null) {
      return RedisFault.of(trouble).said();
    }
    return unreadable == null ? otherwise : unreadable;
  }

  /** A set may name a flag that is gone, as the two are written one after the other. */
  private Map<String, Set<String>> setsWithoutAbsentFlags() {
    Map<String, Set<String>> sets = new HashMap<>();
    flagSets.forEach(
        (set, names) -> {
          Set<String> there = new HashSet<>(names);
          there.removeAll(flags.absent);
          sets.put(set, Set.copyOf(there));
        });
    return sets;
  }

  /**
   * What was found when everything was there.
   *
   * @param snapshot the definitions
   * @param found the rest
   * @param segments the segments whose members matter
   * @param version the version of {@link Push} from before anything was looked at
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed or compared
  record Outcome(Snapshot snapshot, Found found, String[] segments, long version) {}

  /** What was found, or null if something could not be had. */
  synchronized @Nullable Outcome outcome() {
    return outcome;
  }

  private Map<String, Boolean> answered() {
    Map<String, Boolean> answers = new HashMap<>();
    members.forEach(
        (segment, member) -> {
          if (member.isDone() && !member.isCompletedExceptionally()) {
            answers.put(segment, member.join());
            return;
          }
          if (member.isDone() && trouble == null) {
            trouble = RedisFault.failureOf(member);
          }
          late = true;
          Boolean last = local.members().last(segment, query.key(), staleNanos);
          if (last != null) {
            answers.put(segment, last);
          }
        });
    return answers;
  }
}
