package io.splitio.benchmarks.contest;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * OpenFeature's SDK with its provider in memory, which has no rollouts: it is given the floor's.
 */
record OpenFeature(Client client) implements Contestant {

  static Contestant start() {
    Map<String, Flag<?>> flags = new HashMap<>();
    for (int number = 0; number < Contest.ROLLOUTS; number++) {
      String name = Contest.rollout(number);
      int seed = Contest.seed(name);
      flags.put(
          name,
          Flag.<String>builder()
              .variant("on", "on")
              .variant("off", "off")
              .defaultVariant("off")
              .contextEvaluator(
                  (flag, context) ->
                      Murmur3.bucket(context.getTargetingKey(), seed) <= 50 ? "on" : "off")
              .build());
    }
    OpenFeatureAPI api = OpenFeatureAPI.getInstance();
    api.setProviderAndWait(new InMemoryProvider(flags));
    return new OpenFeature(api.getClient());
  }

  @Override
  public String treatment(String key, String flag, Map<String, Object> attributes) {
    Map<String, Value> values = new HashMap<>();
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      values.put(attribute.getKey(), value(attribute.getValue()));
    }
    return client.getStringValue(flag, "control", new ImmutableContext(key, values));
  }

  private static Value value(Object value) {
    if (value instanceof Collection<?> several) {
      List<Value> all = new ArrayList<>();
      several.forEach(one -> all.add(new Value(String.valueOf(one))));
      return new Value(all);
    }
    return value instanceof Integer number ? new Value(number) : new Value(value.toString());
  }

  @Override
  public void close() {
    OpenFeatureAPI.getInstance().shutdown();
  }
}
