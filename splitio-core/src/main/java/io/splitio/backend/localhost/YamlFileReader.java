package io.splitio.backend.localhost;

import io.splitio.api.Evaluation;
import io.splitio.api.SplitResult;
import io.splitio.log.LogSafe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the YAML format (evaluation specification 12.3). An entry that is not valid is passed over;
 * what is not YAML at all fails the file.
 */
final class YamlFileReader {
  private static final String EXPECTED =
      "write a list of entries like '- my_flag: {treatment: \"on\"}'";

  private final Text text;
  private final Map<String, StaticFlag> flags = new LinkedHashMap<>();
  private final List<String> skipped = new ArrayList<>();

  YamlFileReader(Text text) {
    this.text = text;
  }

  Reading read() throws UnreadableFileException {
    Node root = new YamlDocument(text).root();
    if (root != null && !isNull(root)) {
      if (!(root instanceof SequenceNode list)) {
        throw text.wrong(
            YamlDocument.line(root), "the file is no list of flags; " + EXPECTED + ".");
      }
      for (Node entry : list.getValue()) {
        readEntry(entry);
      }
    }
    return Reading.of(
        flags.values().stream().map(flag -> flag.build(Evaluation.CONTROL)).toList(), skipped);
  }

  private void readEntry(Node entry) {
    if (!(entry instanceof MappingNode map) || map.getValue().isEmpty()) {
      skip(entry, "an entry is no flag with its treatment; " + EXPECTED);
      return;
    }
    if (fields(map) == null) {
      return;
    }
    NodeTuple first = map.getValue().get(0);
    String name = scalar(first.getKeyNode());
    if (name == null || !(first.getValueNode() instanceof MappingNode properties)) {
      skip(entry, "an entry is no flag with its treatment; " + EXPECTED);
      return;
    }
    Map<String, Node> fields = fields(properties);
    if (fields != null) {
      readFlag(name, properties, fields);
    }
  }

  private void readFlag(String name, Node properties, Map<String, Node> fields) {
    String flag = "flag " + LogSafe.quote(name);
    String treatment = scalar(fields.get("treatment"));
    Node config = fields.get("config");
    Node keys = fields.get("keys");
    boolean forEverybody = keys == null || isNull(keys);
    Set<String> names = keys == null || isNull(keys) ? Set.of() : keys(keys);
    if (treatment == null) {
      skip(properties, flag + " has no treatment, or one that is no text");
    } else if (config != null && !isNull(config) && scalar(config) == null) {
      skip(config, "the config of " + flag + " is no text; put it in quotes");
    } else if (names == null) {
      skip(properties, "the keys of " + flag + " are no text and no list of texts");
    } else {
      add(name, forEverybody ? null : names, new SplitResult(treatment, scalar(config)));
    }
  }

  private void add(String name, @Nullable Set<String> keys, SplitResult result) {
    StaticFlag flag = flags.computeIfAbsent(name, StaticFlag::new);
    if (keys == null) {
      flag.forEverybody(result);
    } else {
      flag.forKeys(keys, result);
    }
  }

  /**
   * The fields of a map; a field of a merged map ({@code <<}) counts unless the map has its own.
   * Null, and the trouble is noted, when a name is no text or occurs twice.
   */
  private @Nullable Map<String, Node> fields(MappingNode map) {
    Map<String, Node> fields = new LinkedHashMap<>();
    Map<String, Node> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      String name = scalar(tuple.getKeyNode());
      if (name == null) {
        skip(tuple.getKeyNode(), "a name in an entry is no text; write it as a plain text");
        return null;
      }
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)
          && tuple.getValueNode() instanceof MappingNode base) {
        base.getValue().forEach(field -> put(merged, field));
      } else if (fields.put(name, tuple.getValueNode()) != null) {
        skip(tuple.getKeyNode(), LogSafe.quote(name) + " occurs twice in one entry; remove one");
        return null;
      }
    }
    merged.forEach(fields::putIfAbsent);
    return fields;
  }

  private static void put(Map<String, Node> fields, NodeTuple field) {
    String name = scalar(field.getKeyNode());
    if (name != null) {
      fields.put(name, field.getValueNode());
    }
  }

  /** One key or a list of them; null when it is neither. */
  private static @Nullable Set<String> keys(Node node) {
    String single = scalar(node);
    if (single != null) {
      return Set.of(single);
    }
    if (!(node instanceof SequenceNode list)) {
      return null;
    }
    Set<String> keys = new LinkedHashSet<>();
    for (Node element : list.getValue()) {
      String key = scalar(element);
      if (key == null) {
        return null;
      }
      keys.add(key);
    }
    return keys;
  }

  /** The text of a scalar as it was written; null when it is none, or null. */
  private static @Nullable String scalar(@Nullable Node node) {
    return node instanceof ScalarNode scalar && !isNull(node) ? scalar.getValue() : null;
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private void skip(Node node, String what) {
    skipped.add("line " + YamlDocument.line(node) + ": " + what);
  }
}
