package io.splitio.spring.autoconfigure;

import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Stops the start when a {@code splitio.*} property does not exist.
 *
 * <p>Environment variables are left alone: their names do not tell properties of the SDK from other
 * things, such as the addresses that Kubernetes gives for a service named {@code splitio}.
 */
record PropertyNameCheck(Environment environment) implements BeanFactoryPostProcessor {
  private static final ConfigurationPropertyName ROOT =
      ConfigurationPropertyName.of(SplitioProperties.PREFIX);
  private static final ConfigurationPropertyName TOGGLE = ROOT.append("toggle");
  private static final Set<ConfigurationPropertyName> LATER =
      Set.of(ROOT.append("redis"), ROOT.append("featbit"));

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (NativeDetector.inNativeImage()) {
      return; // checked when the image was built; there, records do not tell their components
    }
    PropertyNames names = names(beans);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (!(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)
          && source instanceof IterableConfigurationPropertySource properties) {
        check(properties, names);
      }
    }
  }

  private static void check(IterableConfigurationPropertySource properties, PropertyNames names) {
    properties.stream()
        .filter(name -> ROOT.isAncestorOf(name) && !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw unknown(name, properties, names);
            });
  }

  private static PropertyNames names(ConfigurableListableBeanFactory beans) {
    PropertyNames names = new PropertyNames();
    names.add(ROOT, SplitioProperties.class);
    boolean toggle = false;
    for (String bean : beans.getBeanDefinitionNames()) {
      // "splitio.toggle-io.splitio…": how Spring Boot names the beans of properties
      if (bean.startsWith(ROOT + ".") && bean.contains("-")) {
        ConfigurationPropertyName prefix =
            ConfigurationPropertyName.of(bean.substring(0, bean.indexOf('-')));
        names.add(prefix, type(beans, bean));
        toggle |= prefix.equals(TOGGLE);
      }
    }
    if (!toggle) {
      names.addOpen(TOGGLE); // switched off, so nobody knows what may be below it
    }
    return names;
  }

  private static Class<?> type(ConfigurableListableBeanFactory beans, String bean) {
    Class<?> type = beans.getType(bean, false);
    return type == null ? Map.class : type;
  }

  private static SplitioStartException unknown(
      ConfigurationPropertyName name, ConfigurationPropertySource source, PropertyNames names) {
    Origin origin = Origin.from(source.getConfigurationProperty(name));
    String place = origin == null ? "" : " (from " + origin + ")";
    if (LATER.stream().anyMatch(later -> later.isAncestorOf(name))) {
      return new SplitioStartException(
          name + place + " is for a source of flags that is not available in this version.",
          "Remove it, and set splitio.api-key to \"localhost\" to read flags from a file.");
    }
    String nearest = names.nearest(name);
    return new SplitioStartException(
        "There is no property " + name + place + ".",
        nearest == null
            ? "Remove it. The properties are listed in the documentation of the starter."
            : "Did you mean " + nearest + "?");
  }
}
