package io.splitio.benchmarks.contest;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.togglz.core.Feature;
import org.togglz.core.activation.GradualActivationStrategy;
import org.togglz.core.manager.FeatureManager;
import org.togglz.core.manager.FeatureManagerBuilder;
import org.togglz.core.metadata.EmptyFeatureMetaData;
import org.togglz.core.metadata.FeatureMetaData;
import org.togglz.core.repository.FeatureState;
import org.togglz.core.repository.mem.InMemoryStateRepository;
import org.togglz.core.spi.FeatureProvider;
import org.togglz.core.user.FeatureUser;
import org.togglz.core.user.SimpleFeatureUser;

/** Togglz, with its gradual rollout; it records nothing. */
record TogglzManager(FeatureManager manager, Map<String, Feature> features) implements Contestant {
  private static final ThreadLocal<FeatureUser> USER = new ThreadLocal<>();

  static Contestant start() {
    Map<String, Feature> features = new HashMap<>();
    InMemoryStateRepository states = new InMemoryStateRepository();
    for (int number = 0; number < Contest.ROLLOUTS; number++) {
      String name = Contest.rollout(number);
      Feature feature = new Named(name);
      features.put(name, feature);
      states.setFeatureState(
          new FeatureState(feature, true)
              .setStrategyId(GradualActivationStrategy.ID)
              .setParameter(GradualActivationStrategy.PARAM_PERCENTAGE, "50"));
    }
    FeatureManager manager =
        FeatureManagerBuilder.begin()
            .featureProvider(new Provided(Set.copyOf(features.values())))
            .stateRepository(states)
            .userProvider(USER::get)
            .build();
    return new TogglzManager(manager, features);
  }

  private record Named(String name) implements Feature {}

  private record Provided(Set<Feature> all, Map<Feature, FeatureMetaData> described)
      implements FeatureProvider {
    private Provided(Set<Feature> all) {
      this(all, new ConcurrentHashMap<>());
    }

    @Override
    public Set<Feature> getFeatures() {
      return all;
    }

    @Override
    public FeatureMetaData getMetaData(Feature feature) {
      return described.computeIfAbsent(feature, EmptyFeatureMetaData::new);
    }
  }

  @Override
  public String treatment(String key, String flag, Map<String, Object> attributes) {
    SimpleFeatureUser asking = new SimpleFeatureUser(key);
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      asking.setAttribute(attribute.getKey(), attribute.getValue());
    }
    USER.set(asking);
    return manager.isActive(features.get(flag)) ? "on" : "off";
  }
}
