package io.splitio.backend.localhost;

import io.splitio.api.Evaluation;
import io.splitio.api.SplitResult;
import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.FedSource;
import io.splitio.backend.Feed;
import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.engine.Change;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Names;
import io.splitio.log.LogSafe;
import io.splitio.record.Sinks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Flags in memory, whose treatments can be changed while running: for demonstrations, and as a test
 * double.
 *
 * <p>Any thread may change them. A change is in force, in every SDK instance made with this
 * connector, when the method returns; flag change listeners hear of it soon after, on a thread of
 * their instance. These flags belong to no flag set: the flag sets an application loads ({@code
 * SplitConfig.withFlagSets}) leave none of them out, and a question about a set finds none.
 *
 * <p>Every method refuses a flag name that the Split service would not accept, and a null, with an
 * {@link IllegalArgumentException}; nothing is changed then.
 */
public final class InMemoryTreatments implements Connector {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Targets> flags = new LinkedHashMap<>(); // guarded by the lock
  private final List<SnapshotStore> stores = new ArrayList<>(); // guarded by the lock

  InMemoryTreatments(@Nullable Map<String, String> treatments) {
    if (treatments == null) {
      throw new IllegalArgumentException(
          "treatments is null; give a map of flag names and treatments, or an empty one");
    }
    treatments.forEach(this::set);
  }

  /** Who gets what from one flag. */
  private record Targets(@Nullable SplitResult everybody, Map<String, SplitResult> byKey) {
    private FeatureFlag compile(String flag) {
      StaticFlag compiled = new StaticFlag(flag);
      byKey.forEach((key, result) -> compiled.forKeys(Set.of(key), result));
      if (everybody != null) {
        compiled.forEverybody(everybody);
      }
      return compiled.build(everybody == null ? Evaluation.CONTROL : everybody.treatment());
    }
  }

  /**
   * Serves a treatment without configuration to everybody. Replaces what the flag served before.
   */
  public InMemoryTreatments set(String flag, String treatment) {
    return set(flag, new SplitResult(treatment, null));
  }

  /**
   * Serves a treatment with its configuration to everybody. Replaces what the flag served before.
   */
  public InMemoryTreatments set(String flag, SplitResult result) {
    check(flag, result);
    return put(flag, new Targets(result, Map.of()));
  }

  /**
   * Serves a treatment to one key; others get what they got before, or control if the flag was not
   * known.
   */
  public InMemoryTreatments setFor(String key, String flag, String treatment) {
    SplitResult result = new SplitResult(treatment, null);
    check(flag, result);
    if (key == null) {
      throw new IllegalArgumentException("the key is null; name the one who gets " + treatment);
    }
    lock.lock();
    try {
      Targets present = flags.getOrDefault(flag, new Targets(null, Map.of()));
      Map<String, SplitResult> byKey = new LinkedHashMap<>(present.byKey);
      byKey.put(key, result);
      return put(flag, new Targets(present.everybody, byKey));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a flag. */
  public InMemoryTreatments remove(String flag) {
    checkName(flag);
    lock.lock();
    try {
      flags.remove(flag);
      return publish(Change.flags(List.of(), List.of(flag), -1));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all flags. */
  public InMemoryTreatments clear() {
    lock.lock();
    try {
      flags.clear();
      return publish(Change.onlyFlags(List.of(), -1));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Backend connect(Services services) {
    SnapshotStore store = new SnapshotStore(services.changes());
    return new Backend(
        "in-memory", new FedSource(store, new Attachment(services.report())), Sinks.none());
  }

  @Override
  public String environment() {
    return "in-memory";
  }

  @Override
  public String environmentInWords() {
    return "flags in memory";
  }

  private static void check(@Nullable String flag, @Nullable SplitResult result) {
    checkName(flag);
    if (result == null || result.treatment() == null || result.treatment().isEmpty()) {
      String found = result != null && result.treatment() != null ? "empty" : "null";
      throw new IllegalArgumentException(
          "the treatment of flag '" + flag + "' is " + found + "; give one, such as \"on\"");
    }
  }

  private static void checkName(@Nullable String flag) {
    if (flag == null || !Names.isFlagName(flag)) {
      throw new IllegalArgumentException(
          "the flag name "
              + LogSafe.quote(flag)
              + " is not valid; a flag name has 1 to 100 letters, digits, '-' and '_', starts with"
              + " a letter or digit, and may have '.' if it starts with a digit");
    }
  }

  private InMemoryTreatments put(String flag, Targets targets) {
    lock.lock();
    try {
      flags.put(flag, targets);
      return publish(Change.flags(List.of(targets.compile(flag)), List.of(), -1));
    } finally {
      lock.unlock();
    }
  }

  private InMemoryTreatments publish(Change change) {
    stores.forEach(store -> store.apply(change));
    return this;
  }

  /** Keeps one store up to date between its start and its end. */
  private final class Attachment implements Feed {
    private final SyncReport report;
    private @Nullable SnapshotStore attached; // guarded by the lock

    private Attachment(SyncReport report) {
      this.report = report;
    }

    @Override
    public CompletableFuture<Void> start(SnapshotStore store) {
      lock.lock();
      try {
        List<FeatureFlag> compiled = new ArrayList<>();
        flags.forEach((flag, targets) -> compiled.add(targets.compile(flag)));
        store.apply(Change.onlyFlags(compiled, -1));
        stores.add(store);
        attached = store;
      } finally {
        lock.unlock();
      }
      report.completed();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean knowsTrafficTypes() {
      return false;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        stores.remove(attached);
      } finally {
        lock.unlock();
      }
    }
  }
}
