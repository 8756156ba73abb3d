package io.splitio.spring.toggle.autoconfigure;

import io.splitio.spring.toggle.FeatureToggle;
import io.splitio.spring.toggle.plan.TogglePlans;
import java.lang.reflect.Method;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotationUtils;

/** Puts the plans of toggled methods between their callers and them. */
final class ToggleAdvisor extends AbstractPointcutAdvisor {
  private static final Pointcut TOGGLED = new Toggled();

  private final transient TogglePlans plans;
  private final transient Advice advice;

  ToggleAdvisor(TogglePlans plans, int order) {
    this(plans, order, null);
  }

  private ToggleAdvisor(TogglePlans plans, int order, @Nullable String beanName) {
    this.plans = plans;
    this.advice = new Decision(plans, beanName);
    setOrder(order);
  }

  /** The same for one bean, whose name the plans then know. */
  ToggleAdvisor on(String beanName) {
    return new ToggleAdvisor(plans, getOrder(), beanName);
  }

  @Override
  public Pointcut getPointcut() {
    return TOGGLED;
  }

  @Override
  public Advice getAdvice() {
    return advice;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  private static final class Toggled extends StaticMethodMatcherPointcut {
    Toggled() {
      setClassFilter(type -> AnnotationUtils.isCandidateClass(type, FeatureToggle.class));
    }

    @Override
    public boolean matches(Method method, Class<?> targetClass) {
      return TogglePlans.isToggled(method, targetClass);
    }
  }

  private record Decision(TogglePlans plans, @Nullable String beanName)
      implements MethodInterceptor {
    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
      return plans.plan(invocation.getMethod(), invocation.getThis()).run(invocation, beanName);
    }
  }
}
