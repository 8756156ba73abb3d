package io.splitio.spring.source;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.Environment;

/**
 * Has a source's properties bound only when they are asked for, where none of them is set: all are
 * defaults then, and none can be wrong.
 *
 * @param prefix what all their names start with
 * @param type the class they are bound to
 */
public record UnsetProperties(Environment environment, String prefix, Class<?> type)
    implements BeanFactoryPostProcessor {

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    String bean = prefix + "-" + type.getName(); // as Spring Boot names it
    if (SpringProperties.getFlag(AbstractAotProcessor.AOT_PROCESSING)) {
      return; // what is set is known when the application runs, and not when it is built
    }
    if (beans.containsBeanDefinition(bean) && areUnset()) {
      beans.getBeanDefinition(bean).setLazyInit(true);
    }
  }

  private boolean areUnset() {
    ConfigurationPropertyName parent = ConfigurationPropertyName.of(prefix);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source.containsDescendantOf(parent) != ConfigurationPropertyState.ABSENT) {
        return false;
      }
    }
    return true;
  }
}
