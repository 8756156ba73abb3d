package io.splitio.spring.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The names of the properties that records bind. */
final class PropertyNames {
  private final Set<ConfigurationPropertyName> single = new LinkedHashSet<>();
  private final Set<ConfigurationPropertyName> open = new LinkedHashSet<>();

  /** Adds the components of a record, and of the records in it. Anything else stays open. */
  void add(ConfigurationPropertyName name, Class<?> type) {
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        add(
            name.append(DataObjectPropertyName.toDashedForm(component.getName())),
            component.getType());
      }
    } else if (type.getName().startsWith("java.util.")) {
      addOpen(name);
    } else {
      single.add(name);
    }
  }

  /** Adds a name below which everything is allowed. */
  void addOpen(ConfigurationPropertyName name) {
    open.add(name);
  }

  boolean contains(ConfigurationPropertyName name) {
    return single.contains(name)
        || open.stream().anyMatch(parent -> parent.equals(name) || parent.isAncestorOf(name));
  }

  /** The name that was probably meant, or null when none is near. */
  @Nullable String nearest(ConfigurationPropertyName name) {
    String text = name.toString();
    int best = 1 + text.length() / 4;
    String nearest = null;
    for (Set<ConfigurationPropertyName> names : Set.of(single, open)) {
      for (ConfigurationPropertyName known : names) {
        int distance = distance(text, known.toString());
        if (distance < best) {
          best = distance;
          nearest = known.toString();
        }
      }
    }
    return nearest;
  }

  /** How many characters must be added, removed or replaced. */
  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j < previous.length; j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[previous.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[right.length()];
  }
}
