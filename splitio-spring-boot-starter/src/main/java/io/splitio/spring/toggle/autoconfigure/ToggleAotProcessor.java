package io.splitio.spring.toggle.autoconfigure;

import io.splitio.spring.toggle.ToggleProperties;
import io.splitio.spring.toggle.plan.TogglePlans;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ClassUtils;

/** Lets a native image call fallback and variant methods, which are found by reflection. */
final class ToggleAotProcessor implements BeanRegistrationAotProcessor {

  @Override
  public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
    Set<Method> invoked = new LinkedHashSet<>();
    TogglePlans plans =
        new TogglePlans(bean.getBeanFactory(), ToggleProperties.from(new StandardEnvironment()));
    Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
    ToggledMethods.of(type).forEach(method -> invoked.addAll(plans.invokedMethods(method, type)));
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
