package io.splitio.sample.redis;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Stands in for the Split Synchronizer: it alone writes definitions and segments to Redis. */
final class Synchronizer {
  static final String FLAG = "SPLITIO.split.";
  private static final String VERSION = "SPLITIO.splits.till";
  private static final String SEGMENT = "SPLITIO.segment.";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final JsonMapper JSON = new JsonMapper();

  private final StringRedisTemplate redis;

  Synchronizer(StringRedisTemplate redis) {
    this.redis = redis;
  }

  /** Says a command as one types it into redis-cli. */
  void say(String command) {
    List<String> words = WORD.matcher(command).results().map(Synchronizer::word).toList();
    byte[][] arguments = words.stream().skip(1).map(String::getBytes).toArray(byte[][]::new);
    redis.execute(
        (RedisCallback<@Nullable Object>)
            connection -> connection.execute(words.get(0), arguments));
  }

  private static String word(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  void putSegment(String name, List<String> keys) {
    redis.opsForSet().add(SEGMENT + name, keys.toArray(new String[0]));
    redis.opsForValue().set(SEGMENT + name + ".till", "1");
  }

  /** Stores a definition, with a version that is newer than all others. */
  void putFlag(String definition) {
    put((ObjectNode) JSON.readTree(definition));
  }

  /** Kills a flag: it serves one treatment. */
  void kill(String flag, String treatment) {
    String definition = redis.opsForValue().get(FLAG + flag);
    if (definition != null) {
      put(
          ((ObjectNode) JSON.readTree(definition))
              .put("killed", true)
              .put("defaultTreatment", treatment));
    }
  }

  /** The version of the flag as it is stored. */
  long version(String flag) {
    String definition = redis.opsForValue().get(FLAG + flag);
    return definition == null ? 0 : JSON.readTree(definition).get("changeNumber").asLong();
  }

  private void put(ObjectNode definition) {
    String version = redis.opsForValue().get(VERSION);
    long next = version == null ? 1 : Long.parseLong(version) + 1;
    definition.put("changeNumber", next).put("status", "ACTIVE").put("trafficTypeName", "user");
    redis.opsForValue().set(FLAG + definition.get("name").asString(), definition.toString());
    redis.opsForValue().set(VERSION, Long.toString(next));
  }
}
