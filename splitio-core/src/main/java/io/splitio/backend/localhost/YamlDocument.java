package io.splitio.backend.localhost;

import io.splitio.log.LogSafe;
import java.io.StringReader;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The nodes of a YAML text, which may come from anybody.
 *
 * <p>Nothing is constructed from them, so that no tag can make an object, and a bare {@code on} is
 * the text it was written as. Size, depth and aliases are bounded. They are composed without {@code
 * org.yaml.snakeyaml.Yaml}, which brings along all that makes objects and writes YAML.
 */
record YamlDocument(Text text) {
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

  /** The root, or null when the text has none. */
  @Nullable Node root() throws UnreadableFileException {
    refuseHugeText();
    Node root = compose();
    if (root != null) {
      refuseTags(root, Collections.newSetFromMap(new IdentityHashMap<>()));
    }
    return root;
  }

  /** The line of a node, 1 for the first. */
  static int line(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
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
      LoaderOptions options = options();
      StreamReader reader = new StreamReader(new StringReader(text.content()));
      return new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      String problem = LogSafe.part(String.valueOf(e.getProblem()));
      throw text.wrong(line, problem + ". Mend the YAML of this line, or above it.");
    } catch (YAMLException e) {
      throw new UnreadableFileException(
          text.file() + " is not valid YAML: " + e.getMessage() + ". Mend the file.");
    }
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(50);
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    return options;
  }

  /** Refuses tags that ask for objects, as {@code !!javax.script.ScriptEngineManager} does. */
  private void refuseTags(Node node, Set<Node> visited) throws UnreadableFileException {
    if (!visited.add(node)) {
      return;
    }
    if (!PLAIN_TAGS.contains(node.getTag())) {
      throw text.wrong(
          line(node),
          "the tag " + LogSafe.quote(node.getTag().getValue()) + " is not accepted. Remove it.");
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
}
