package io.splitio.backend.featbit.data;

import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flags and segments apart from the messages that brought them, each by an id of its own. */
public final class KeptItems {
  private static final String FLAG = "flag/";
  private static final String SEGMENT = "segment/";
  private static final String BEGIN =
      "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"full\",\"%s\":[";
  private static final String BEFORE_FLAG = BEGIN.formatted("featureFlags");
  private static final String BEFORE_SEGMENT = BEGIN.formatted("segments");
  private static final String END = "]}}";

  private KeptItems() {}

  /** The documents of items of a message, by their ids. */
  public static Map<String, String> of(
      DataSync message,
      Iterable<Item<FeatureFlag>> flags,
      Iterable<Item<RuleBasedSegment>> segments) {
    Map<String, String> documents = new HashMap<>();
    flags.forEach(flag -> documents.put(FLAG + flag.key(), message.document(flag)));
    segments.forEach(segment -> documents.put(SEGMENT + segment.key(), message.document(segment)));
    return documents;
  }

  /**
   * All that was kept, as one message; what cannot be read is left out, and spoils nothing else.
   */
  public static DataSync read(Map<String, String> kept) {
    DataSync all = new DataSync("", true, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Map.Entry<?, ?> each : kept.entrySet()) {
      String problem = add(String.valueOf(each.getKey()), each.getValue(), all);
      if (problem != null) {
        all.rejected().add(new DataSync.Rejected(false, null, each.getKey() + ": " + problem));
      }
    }
    return all;
  }

  /** Adds an item to others, or says why it cannot be used. */
  private static @Nullable String add(String id, @Nullable Object document, DataSync all) {
    boolean segment = id.startsWith(SEGMENT);
    if (!segment && !id.startsWith(FLAG)) {
      return "it is neither a flag nor a segment";
    }
    if (!(document instanceof String text)) {
      return "there is no text";
    }
    try {
      DataSync one = MessageReader.read((segment ? BEFORE_SEGMENT : BEFORE_FLAG) + text + END);
      if (one == null) {
        return "it is no definition";
      }
      if (!one.rejected().isEmpty()) {
        return one.rejected().get(0).problem();
      }
      return segment
          ? add(id, SEGMENT, one.segments(), all.segments())
          : add(id, FLAG, one.flags(), all.flags());
    } catch (MalformedJsonException e) {
      return "it cannot be read as JSON";
    }
  }

  private static <T> @Nullable String add(
      String id, String prefix, List<Item<T>> one, List<Item<T>> all) {
    if (one.size() != 1 || !id.equals(prefix + one.get(0).key())) {
      return "its key or id is another";
    }
    all.addAll(one);
    return null;
  }
}
