package io.splitio.backend.localhost;

import io.splitio.api.Evaluation;
import io.splitio.api.SplitResult;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads the YAML format (evaluation specification 12.3).
 *
 * <p>It looks at the nodes of the document and constructs nothing from them, so that no tag can
 * make an object, and a bare {@code on} is the text it was written as. An entry that is not valid
 * is passed over; what is not YAML at all fails the file.
 */
final class YamlFileReader {
  private static final int MOST_CHARACTERS = 16 * 1024 * 1024;
  private static final int LONGEST_LINE = 1024 * 1024;
  private static final Set<Tag> PLAIN_TAGS =
      Set.of(
          Tag.NULL,
          Tag.BOOL,
          Tag.INT,
          Tag.FLOAT,
          Tag.STR,
          Tag.TIMESTAMP,
          Tag.SEQ,
          Tag.MAP,
          Tag.MERGE);
  private static final String EXPECTED =
      "Write a list of entries like '- my_flag: {treatment: \"on\"}'.";

  private final Text text;
  private final Map<String, StaticFlag> flags = new LinkedHashMap<>();
  private final List<String> skipped = new ArrayList<>();

  YamlFileReader(Text text) {
    this.text = text;
  }

  Reading read() throws UnreadableFileException {
    refuseHugeText();
    Node root = compose();
    if (root != null && !isNull(root)) {
      refuseTags(root, Collections.newSetFromMap(new IdentityHashMap<>()));
      if (!(root instanceof SequenceNode list)) {
        throw text.wrong(line(root), "the file is no list of flags. " + EXPECTED);
      }
      for (Node entry : list.getValue()) {
        readEntry(entry);
      }
    }
    return Reading.of(
        flags.values().stream().map(flag -> flag.build(Evaluation.CONTROL)).toList(), skipped);
  }

  /** The time to read a line grows with the square of its length. */
  private void refuseHugeText() throws UnreadableFileException {
    if (text.content().length() > MOST_CHARACTERS) {
      throw new UnreadableFileException(
          text.file() + " is longer than 16 MiB, the most a YAML file may have. Use JSON.");
    }
    int line = 0;
    for (String content : (Iterable<String>) text.content().lines()::iterator) {
      line++;
      if (content.length() > LONGEST_LINE) {
        throw text.wrong(line, "the line is longer than 1 MiB. Break it, or use JSON.");
      }
    }
  }

  private @Nullable Node compose() throws UnreadableFileException {
    try {
      return yaml().compose(new StringReader(text.content()));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw text.wrong(line, e.getProblem() + ". Mend the YAML of this line, or above it.");
    } catch (YAMLException e) {
      throw new UnreadableFileException(
          text.file() + " is not valid YAML: " + e.getMessage() + ". Mend the file.", e);
    }
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(50);
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    DumperOptions output = new DumperOptions();
    return new Yaml(new SafeConstructor(options), new Representer(output), output, options);
  }

  private void readEntry(Node entry) throws UnreadableFileException {
    if (!(entry instanceof MappingNode map) || map.getValue().isEmpty()) {
      skip(entry, "an entry is no flag with its treatment. " + EXPECTED);
      return;
    }
    fields(map); // names that occur twice
    NodeTuple first = map.getValue().get(0);
    String name = scalar(first.getKeyNode());
    if (name == null || !(first.getValueNode() instanceof MappingNode properties)) {
      skip(entry, "an entry is no flag with its treatment. " + EXPECTED);
      return;
    }
    readFlag(name, properties);
  }

  private void readFlag(String name, MappingNode properties) throws UnreadableFileException {
    Map<String, Node> fields = fields(properties);
    String treatment = scalar(fields.get("treatment"));
    Node config = fields.get("config");
    Node keys = fields.get("keys");
    boolean forEverybody = keys == null || isNull(keys);
    Set<String> names = keys == null || isNull(keys) ? Set.of() : keys(keys);
    if (treatment == null) {
      skip(properties, "flag " + name + " has no treatment, or one that is no text");
    } else if (config != null && !isNull(config) && scalar(config) == null) {
      skip(config, "the config of flag " + name + " is no text; put it in quotes");
    } else if (names == null) {
      skip(properties, "the keys of flag " + name + " are no text and no list of texts");
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
   */
  private Map<String, Node> fields(MappingNode map) throws UnreadableFileException {
    Map<String, Node> fields = new LinkedHashMap<>();
    Map<String, Node> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      String name = scalar(tuple.getKeyNode());
      if (name == null) {
        throw text.wrong(line(tuple.getKeyNode()), "a name is no text. Write it as a plain text.");
      }
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)
          && tuple.getValueNode() instanceof MappingNode base) {
        base.getValue().forEach(field -> put(merged, field));
      } else if (fields.put(name, tuple.getValueNode()) != null) {
        throw text.wrong(
            line(tuple.getKeyNode()), "'" + name + "' occurs twice in one entry. Remove one.");
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

  /** Refuses tags that ask for objects, as {@code !!javax.script.ScriptEngineManager} does. */
  private void refuseTags(Node node, Set<Node> visited) throws UnreadableFileException {
    if (!visited.add(node)) {
      return;
    }
    if (!PLAIN_TAGS.contains(node.getTag())) {
      throw text.wrong(
          line(node), "the tag " + node.getTag().getValue() + " is not accepted. Remove it.");
    }
    if (node instanceof SequenceNode list) {
      for (Node element : list.getValue()) {
        refuseTags(element, visited);
      }
    } else if (node instanceof MappingNode map) {
      for (NodeTuple field : map.getValue()) {
        refuseTags(field.getKeyNode(), visited);
        refuseTags(field.getValueNode(), visited);
      }
    }
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static int line(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }

  private void skip(Node node, String what) {
    skipped.add("line " + line(node) + ": " + what);
  }
}
