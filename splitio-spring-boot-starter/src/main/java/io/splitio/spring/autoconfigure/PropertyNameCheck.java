package io.splitio.spring.autoconfigure;

import io.splitio.spring.toggle.ToggleProperties;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Stops the start when a {@code splitio.*} property is misspelt, and warns of one that means
 * nothing to the SDK.
 *
 * <p>An application may have properties of its own there, such as {@code splitio.my-app.color};
 * they are not warned of when a class with {@link ConfigurationProperties} takes them. Environment
 * variables are left alone: their names do not tell properties of the SDK from other things, such
 * as the addresses that Kubernetes gives for a service named {@code splitio}.
 */
record PropertyNameCheck(Environment environment) implements BeanFactoryPostProcessor {
  private static final Logger LOG = LoggerFactory.getLogger("splitio");
  private static final ConfigurationPropertyName ROOT =
      ConfigurationPropertyName.of(SplitioProperties.PREFIX);

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (NativeDetector.inNativeImage()) {
      return; // checked when the image was built; there, records do not tell their components
    }
    PropertyNames names = ofTheSdk();
    List<IterableConfigurationPropertySource> sources = sources();
    if (sources.stream().allMatch(source -> unknown(source, names).isEmpty())) {
      return; // as usual, and no bean has to be looked at
    }
    for (String bean : beans.getBeanDefinitionNames()) {
      addTaken(names, beans, bean);
    }
    Set<ConfigurationPropertyName> strangers = new LinkedHashSet<>();
    for (IterableConfigurationPropertySource source : sources) {
      strangers.addAll(check(source, names));
    }
    if (!strangers.isEmpty()) {
      LOG.warn("The SDK has no such properties and ignores them: {}", strangers);
    }
  }

  private List<IterableConfigurationPropertySource> sources() {
    List<IterableConfigurationPropertySource> sources = new ArrayList<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (!(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)
          && source instanceof IterableConfigurationPropertySource properties) {
        sources.add(properties);
      }
    }
    return sources;
  }

  /** The names in the source that nobody knows, none of which is near a known one. */
  private static List<ConfigurationPropertyName> check(
      IterableConfigurationPropertySource properties, PropertyNames names) {
    List<ConfigurationPropertyName> strangers = unknown(properties, names);
    strangers.forEach(name -> refuse(name, properties, names.nearest(name)));
    return strangers;
  }

  private static List<ConfigurationPropertyName> unknown(
      IterableConfigurationPropertySource properties, PropertyNames names) {
    return properties.stream()
        .filter(name -> ROOT.isAncestorOf(name) && !names.contains(name))
        .toList();
  }

  private static PropertyNames ofTheSdk() {
    PropertyNames names = new PropertyNames();
    names.add(ROOT, SplitioProperties.class);
    names.add(ROOT.append("toggle"), ToggleProperties.class); // there even when switched off
    return names;
  }

  /** Adds the properties that a bean takes by its class or by its method; it is not made. */
  private static void addTaken(
      PropertyNames names, ConfigurableListableBeanFactory beans, String bean) {
    try {
      for (ConfigurationProperties properties :
          beans.findAllAnnotationsOnBean(bean, ConfigurationProperties.class, false)) {
        if (properties.prefix().startsWith(ROOT + ".")) {
          Class<?> type = beans.getType(bean, false);
          names.add(
              ConfigurationPropertyName.of(properties.prefix()),
              type == null ? Object.class : type);
        }
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("bean '{}' cannot be looked at for properties", bean, e);
      // its class may lack its friends, or its prefix be wrong; Spring will say so
    }
  }

  private static void refuse(
      ConfigurationPropertyName name,
      ConfigurationPropertySource source,
      @Nullable String nearest) {
    Origin origin = Origin.from(source.getConfigurationProperty(name));
    String place = origin == null ? "" : " (from " + origin + ")";
    if (nearest != null) {
      throw new SplitioStartException(
          "There is no property " + name + place + ".", "Did you mean " + nearest + "?");
    }
  }
}
