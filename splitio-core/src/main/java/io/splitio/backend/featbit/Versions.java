package io.splitio.backend.featbit;

import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.Item;
import io.splitio.backend.featbit.data.KeptItems;
import io.splitio.engine.Change;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the items that arrive are news. The version of each is remembered, of archived
 * ones too, so that an older copy revives nothing (FeatBit specification 2.5). Used by one lane.
 */
final class Versions {
  private final Map<String, Long> flags = new HashMap<>();
  private final Map<String, Long> segments = new HashMap<>();
  private long version;
  private boolean loaded;

  /** The version to ask the server from: 0 before anything is loaded. */
  long version() {
    return version;
  }

  /** Whether a full set was taken. */
  boolean loaded() {
    return loaded;
  }

  /**
   * Puts in force what a message changes, if that is anything. When it cannot be put in force, the
   * message counts as not taken, so that it is asked for again.
   *
   * @return what was news, or null when the message was not taken
   */
  @Nullable Taken take(DataSync message, Consumer<Change> force) {
    if (message.full() && (!loaded || message.version() > version)) {
      return replace(message, force);
    }
    boolean follows = !message.full() && loaded; // else a full set is still to come, and has all
    return follows ? patch(message, force) : null;
  }

  /**
   * What a message brought that was news.
   *
   * @param message the message
   */
  record Taken(DataSync message, News<FeatureFlag> flags, News<RuleBasedSegment> segments) {
    /** Whether all it brought could be read, or else something is left as it was. */
    boolean isWhole() {
      return flags.kept.isEmpty() && segments.kept.isEmpty();
    }

    /** The documents of its items, archived ones too, by the ids they are kept under. */
    Map<String, String> documents() {
      return KeptItems.of(message, flags.items.values(), segments.items.values());
    }
  }

  private Taken replace(DataSync message, Consumer<Change> force) {
    News<FeatureFlag> newFlags = news(message.flags(), Map.of());
    News<RuleBasedSegment> newSegments = news(message.segments(), Map.of());
    newFlags.keep(message.rejectedKeys(false), flags);
    newSegments.keep(message.rejectedKeys(true), segments);
    long next = message.version();
    force.accept(
        before ->
            Change.onlyRuleBasedSegments(newSegments.put(before::ruleBasedSegment), next)
                .and(Change.onlyFlags(newFlags.put(before::flag), next))
                .applyTo(before));
    flags.clear();
    segments.clear();
    loaded = true;
    return taken(new Taken(message, newFlags, newSegments), next);
  }

  private Taken patch(DataSync message, Consumer<Change> force) {
    News<FeatureFlag> newFlags = news(message.flags(), flags);
    News<RuleBasedSegment> newSegments = news(message.segments(), segments);
    long next = Math.max(version, message.version());
    if (!newFlags.isEmpty() || !newSegments.isEmpty()) {
      force.accept(
          Change.ruleBasedSegments(newSegments.put(), newSegments.archived(), next)
              .and(Change.flags(newFlags.put(), newFlags.archived(), next)));
    }
    return taken(new Taken(message, newFlags, newSegments), next);
  }

  private Taken taken(Taken news, long next) {
    news.flags.addTo(flags);
    news.segments.addTo(segments);
    version = next;
    return news;
  }

  /** Those items that are newer than what is known of each. */
  private static <T> News<T> news(List<Item<T>> items, Map<String, Long> known) {
    List<Item<T>> inOrder = new ArrayList<>(items);
    inOrder.sort(Comparator.comparingLong(Item::version));
    News<T> news = new News<>();
    for (Item<T> item : inOrder) {
      Item<T> earlier = news.items.get(item.key());
      Long present = earlier == null ? known.get(item.key()) : (Long) earlier.version();
      if (present == null || item.version() > present) {
        news.add(item);
      }
    }
    return news;
  }

  /** What is to be put and what to be removed; the later word on an item counts. */
  static final class News<T> {
    private final Map<String, T> current = new HashMap<>();
    private final Set<String> archived = new HashSet<>();
    private final Map<String, Item<T>> items = new HashMap<>();
    private final Map<String, Long> kept = new HashMap<>();

    private void add(Item<T> item) {
      T definition = item.definition();
      items.put(item.key(), item);
      if (definition == null) {
        current.remove(item.key());
        archived.add(item.key());
      } else {
        archived.remove(item.key());
        current.put(item.key(), definition);
      }
    }

    private Collection<T> put() {
      return current.values();
    }

    private List<String> archived() {
      return List.copyOf(archived);
    }

    /** Leaves those as they are that a full set has, but not readable. */
    private void keep(Set<String> keys, Map<String, Long> known) {
      for (String key : keys) {
        if (!items.containsKey(key)) {
          kept.put(key, known.getOrDefault(key, 0L)); // what was in force may have no version yet
        }
      }
    }

    /** What is to be put, and what is kept of what there is. */
    private Collection<T> put(Function<String, @Nullable T> present) {
      List<T> all = new ArrayList<>(put());
      for (String key : kept.keySet()) {
        T definition = present.apply(key);
        if (definition != null) {
          all.add(definition);
        }
      }
      return all;
    }

    private void addTo(Map<String, Long> versions) {
      items.forEach((key, item) -> versions.put(key, item.version()));
      versions.putAll(kept);
    }

    private boolean isEmpty() {
      return current.isEmpty() && archived.isEmpty();
    }
  }
}
