package io.splitio.sample.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the shop's files define.
 *
 * @param flags the definitions by the names of the flags, as JSON
 * @param segments the keys by the names of the segments
 */
public record FlagFile(Map<String, String> flags, Map<String, List<String>> segments) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Reads a file with flags, and a directory with segments. */
  public static FlagFile read(Path flags, Path segments) throws IOException {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(segments)) {
      for (Path file : files.sorted().toList()) {
        JsonNode segment = JSON.readTree(Files.readString(file));
        keys.put(segment.get("name").asString(), texts(segment.get("added")));
      }
    }
    Map<String, String> definitions = new LinkedHashMap<>();
    for (JsonNode flag : JSON.readTree(Files.readString(flags)).get("splits")) {
      definitions.put(flag.get("name").asString(), flag.toString());
    }
    return new FlagFile(definitions, keys);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString()));
    return texts;
  }
}
