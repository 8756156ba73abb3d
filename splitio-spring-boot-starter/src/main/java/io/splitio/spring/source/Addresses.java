package io.splitio.spring.source;

import io.splitio.spring.autoconfigure.SplitioProperties.Mode;
import io.splitio.spring.autoconfigure.SplitioStartException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/** The properties that choose a source of flags where {@code splitio.mode} leaves it to them. */
public record Addresses(Binder binder) {
  private static final String REDIS = "splitio.redis.";
  private static final String FEATBIT = "splitio.featbit.";

  /** Those that are set and name a Redis. */
  public List<String> ofRedis() {
    List<String> set = new ArrayList<>();
    List.of("url", "host", "unix-socket").forEach(name -> addText(set, REDIS + name));
    List.of("sentinel.nodes", "cluster.nodes").forEach(name -> addList(set, REDIS + name));
    addSwitch(set, REDIS + "use-spring-data-redis");
    return set;
  }

  /** Those that are set and name a FeatBit server, or its absence. */
  public List<String> ofFeatBit() {
    List<String> set = new ArrayList<>();
    addText(set, FEATBIT + "streaming-url");
    addSwitch(set, FEATBIT + "offline");
    return set;
  }

  /** Stops the start where the mode leaves it to addresses, and these name two sources. */
  public void requireOneSource(Mode mode) {
    if (mode != Mode.AUTO) {
      return;
    }
    List<String> redis = ofRedis();
    List<String> featBit = ofFeatBit();
    if (!redis.isEmpty() && !featBit.isEmpty()) {
      throw new SplitioStartException(
          "Flags could come from FeatBit ("
              + String.join(", ", featBit)
              + ") or from Redis ("
              + String.join(", ", redis)
              + ").",
          "Set splitio.mode to featbit or to redis, or remove the properties of the one that is"
              + " not meant.");
    }
  }

  private void addText(List<String> set, String name) {
    if (!binder.bind(name, String.class).orElse("").isBlank()) {
      set.add(name);
    }
  }

  private void addList(List<String> set, String name) {
    List<String> nodes = binder.bind(name, Bindable.listOf(String.class)).orElse(List.of());
    if (nodes.stream().anyMatch(node -> !node.isBlank())) {
      set.add(name);
    }
  }

  private void addSwitch(List<String> set, String name) {
    if (binder.bind(name, Boolean.class).orElse(false)) {
      set.add(name);
    }
  }
}
