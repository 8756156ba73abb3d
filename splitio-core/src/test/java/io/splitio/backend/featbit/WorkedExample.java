package io.splitio.backend.featbit;

import io.splitio.api.Evaluation;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.Key;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.Evaluator;
import io.splitio.engine.Fallbacks;
import io.splitio.engine.Mishaps;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.FeatureFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** The example of the FeatBit specification, section 9. */
final class WorkedExample {
  static final Map<String, Map<String, Object>> USERS = users();

  final Versions versions = new Versions();
  final SnapshotStore store = new SnapshotStore((before, after) -> {});
  private final Evaluator evaluator =
      new Evaluator(new Fallbacks(FallbackTreatments.none()), Mishaps.ignored());

  static String resource(String name) {
    try (InputStream file = WorkedExample.class.getResourceAsStream("/featbit/" + name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a message; whether it changed anything. */
  boolean take(String message) {
    try {
      DataSync read = Objects.requireNonNull(MessageReader.read(message));
      AtomicBoolean changed = new AtomicBoolean();
      versions.take(
          read,
          change -> {
            store.apply(change);
            changed.set(true);
          });
      return changed.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Evaluation evaluate(String user, String flag) {
    return evaluate(user, flag, USERS.get(user));
  }

  Evaluation evaluate(String user, String name, Map<String, Object> attributes) {
    Snapshot snapshot = store.current();
    FeatureFlag flag = Objects.requireNonNull(snapshot.flag(name));
    return evaluator.evaluate(snapshot, flag, Key.of(user), attributes);
  }

  private static Map<String, Map<String, Object>> users() {
    Map<String, Map<String, Object>> users = new HashMap<>();
    resource("users.csv")
        .lines()
        .forEach(
            line -> {
              String[] cells = line.split("\\|", -1);
              users.put(cells[0], attributes(cells[0], cells[1]));
            });
    return users;
  }

  private static Map<String, Object> attributes(String key, String text) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("name", key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1));
    for (String pair : text.split(";", -1)) {
      String[] sides = pair.split("=", -1);
      if (sides.length == 2) {
        attributes.put(sides[0], sides[1]);
      }
    }
    return attributes;
  }
}
