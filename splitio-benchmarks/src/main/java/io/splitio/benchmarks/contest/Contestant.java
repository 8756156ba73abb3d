package io.splitio.benchmarks.contest;

import java.util.List;
import java.util.Map;

/** Something that decides flags. It makes of a key and attributes whatever it needs, each time. */
public interface Contestant extends AutoCloseable {

  /** The treatment of a flag for a key. */
  String treatment(String key, String flag, Map<String, Object> attributes);

  /** The treatments of several flags. */
  default Map<String, String> treatments(
      String key, List<String> flags, Map<String, Object> attributes) {
    throw new UnsupportedOperationException("it answers one flag at a time");
  }

  /** The treatments of all flags of a flag set. */
  default Map<String, String> treatmentsBySet(
      String key, String flagSet, Map<String, Object> attributes) {
    throw new UnsupportedOperationException("it knows no flag sets");
  }

  /** Records an event without properties. */
  default boolean track(String key, String eventType) {
    throw new UnsupportedOperationException("it takes no events");
  }

  @Override
  default void close() {}
}
