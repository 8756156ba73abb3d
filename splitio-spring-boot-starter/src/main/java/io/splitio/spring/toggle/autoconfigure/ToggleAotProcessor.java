package io.splitio.spring.toggle.autoconfigure;

import io.splitio.spring.toggle.plan.TogglePlans;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Lets a native image call fallback and variant methods, which are found by reflection.
 *
 * <p>They are looked for in the class that a bean is declared to have. As for all of Spring's
 * processing ahead of time, a {@code @Bean} method should return the class and not an interface.
 */
final class ToggleAotProcessor implements BeanRegistrationAotProcessor {

  @Override
  public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
    Set<Method> invoked = new LinkedHashSet<>();
    Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
    ToggledMethods.of(type)
        .forEach(
            method ->
                invoked.addAll(TogglePlans.invokedMethods(bean.getBeanFactory(), method, type)));
    return invoked.isEmpty()
        ? null
        : (context, code) ->
            invoked.forEach(
                method ->
                    context
                        .getRuntimeHints()
                        .reflection()
                        .registerMethod(method, ExecutableMode.INVOKE));
  }
}
