package io.splitio.spring.autoconfigure;

import io.splitio.spring.text.NearestName;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** The names of the properties that are bound. */
final class PropertyNames {
  private static final String OURS = "io.splitio.spring.";

  private final Set<ConfigurationPropertyName> single = new LinkedHashSet<>();
  private final Set<ConfigurationPropertyName> open = new LinkedHashSet<>();

  /**
   * Adds the components of a record of ours, and of the records in it. Anything else stays open:
   * what binds a type of the application, such as a converter, is its own affair.
   */
  void add(ConfigurationPropertyName name, Class<?> type) {
    if (type.isRecord() && type.getName().startsWith(OURS)) {
      for (RecordComponent component : type.getRecordComponents()) {
        add(
            name.append(DataObjectPropertyName.toDashedForm(component.getName())),
            component.getType());
      }
      return;
    }
    (isOneValue(type) ? single : open).add(name);
  }

  /** Collections and maps have entries, and what other classes take is not known here. */
  private static boolean isOneValue(Class<?> type) {
    return ClassUtils.isPrimitiveOrWrapper(type)
        || type.isEnum()
        || type == String.class
        || type == URI.class
        || type == DataSize.class
        || type.getName().startsWith("java.time.");
  }

  boolean contains(ConfigurationPropertyName name) {
    return single.contains(name)
        || open.stream().anyMatch(parent -> parent.equals(name) || parent.isAncestorOf(name));
  }

  /** The name that was probably meant: above or below it, or spelt much like it; else null. */
  @Nullable String nearest(ConfigurationPropertyName name) {
    List<ConfigurationPropertyName> known = Stream.concat(single.stream(), open.stream()).toList();
    for (ConfigurationPropertyName one : known) {
      if (one.isAncestorOf(name) || name.isAncestorOf(one)) {
        return one.toString();
      }
    }
    int own = name.toString().length() - SplitioProperties.PREFIX.length() - 1;
    return NearestName.of(
        name.toString(),
        known.stream().map(ConfigurationPropertyName::toString).toList(),
        Math.max(own < 6 ? 1 : 2, own / 4));
  }
}
