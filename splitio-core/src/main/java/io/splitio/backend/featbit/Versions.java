package io.splitio.backend.featbit;

import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.Item;
import io.splitio.engine.Change;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** What a message changes, or null when it brings nothing new. */
  @Nullable Change take(DataSync message) {
    if (!message.full()) {
      return loaded ? patch(message) : null; // a full set is still to come, and has all of it
    }
    if (loaded && message.version() <= version) {
      return null;
    }
    return replace(message);
  }

  private Change replace(DataSync message) {
    flags.clear();
    segments.clear();
    News<FeatureFlag> newFlags = news(message.flags(), flags);
    News<RuleBasedSegment> newSegments = news(message.segments(), segments);
    version = message.version();
    loaded = true;
    return Change.onlyRuleBasedSegments(newSegments.put(), version)
        .and(Change.onlyFlags(newFlags.put(), version));
  }

  private @Nullable Change patch(DataSync message) {
    News<FeatureFlag> newFlags = news(message.flags(), flags);
    News<RuleBasedSegment> newSegments = news(message.segments(), segments);
    version = Math.max(version, message.version());
    if (newFlags.isEmpty() && newSegments.isEmpty()) {
      return null;
    }
    return Change.ruleBasedSegments(newSegments.put(), newSegments.archived, version)
        .and(Change.flags(newFlags.put(), newFlags.archived, version));
  }

  /** Those items that are newer than what is known of each. */
  private static <T> News<T> news(List<Item<T>> items, Map<String, Long> known) {
    List<Item<T>> inOrder = new ArrayList<>(items);
    inOrder.sort(Comparator.comparingLong(Item::version));
    News<T> news = new News<>();
    for (Item<T> item : inOrder) {
      Long present = known.get(item.key());
      if (present == null || item.version() > present) {
        known.put(item.key(), item.version());
        news.add(item);
      }
    }
    return news;
  }

  /** What is to be put and what to be removed; the later word on an item counts. */
  private static final class News<T> {
    private final Map<String, T> current = new HashMap<>();
    private final List<String> archived = new ArrayList<>();

    private void add(Item<T> item) {
      T definition = item.definition();
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

    private boolean isEmpty() {
      return current.isEmpty() && archived.isEmpty();
    }
  }
}
