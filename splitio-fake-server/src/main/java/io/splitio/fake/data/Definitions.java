package io.splitio.fake.data;

import io.splitio.fake.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The versions of all feature flags, or of all rule-based segments. The newest version of each name
 * is kept; what is archived stays as such, since those who knew it must hear of it.
 */
final class Definitions {
  private final ChangeNumbers numbers;
  private final Map<String, Definition> byName = new HashMap<>();
  private final TreeMap<Long, Definition> byNumber = new TreeMap<>();
  private Page all = new Page(-1, List.of());
  private @Nullable Page frozen;
  private boolean listed = true;

  Definitions(ChangeNumbers numbers) {
    this.numbers = numbers;
  }

  /** A change that was made. */
  record Change(long previous, Definition definition) {}

  /** Stores a definition under the next change number. */
  synchronized long put(Map<String, @Nullable Object> fields, Consumer<Change> published) {
    String name = nameOf(fields);
    long previous = byNumber.isEmpty() ? -1 : byNumber.lastKey();
    long number = numbers.next();
    fields.putIfAbsent("status", "ACTIVE");
    fields.put("changeNumber", number);
    Definition before = byName.get(name);
    Definition definition =
        Definition.of(fields, number, before == null ? Set.of() : before.sets());
    if (before != null) {
      byNumber.remove(before.changeNumber());
    }
    byName.put(name, definition);
    byNumber.put(number, definition);
    listed = false;
    published.accept(new Change(previous, definition));
    return number;
  }

  /** Stores a changed copy of a definition that is there. */
  synchronized long change(
      String name, UnaryOperator<Map<String, @Nullable Object>> edit, Consumer<Change> published) {
    Definition before = byName.get(name);
    if (before == null) {
      throw new IllegalArgumentException(name + " is not known; put it first");
    }
    return put(edit.apply(Json.object(before.json())), published);
  }

  synchronized Optional<String> get(String name) {
    return Optional.ofNullable(byName.get(name)).map(Definition::json);
  }

  /** Everything there is, oldest change first. */
  synchronized Page everything() {
    if (!listed) {
      all = new Page(byNumber.lastKey(), List.copyOf(byNumber.values()));
      listed = true;
    }
    return all;
  }

  /** Everything as the content delivery network knows it. */
  synchronized Page cached() {
    Page old = frozen;
    return old == null ? everything() : old;
  }

  synchronized void freeze() {
    frozen = everything();
  }

  synchronized void thaw() {
    frozen = null;
  }

  static String nameOf(Map<String, ?> fields) {
    if (fields.get("name") instanceof String name && !name.isEmpty()) {
      return name;
    }
    throw new IllegalArgumentException("a definition needs a name: " + Json.write(fields));
  }
}
