package io.splitio.spring.toggle.plan;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/**
 * One call of a toggled method.
 *
 * @param beanName the bean it was made on, or null when it is not known
 */
record Call(ProxyMethodInvocation invocation, @Nullable String beanName) {

  /** The same call for another subscription. */
  Call again() {
    return new Call((ProxyMethodInvocation) invocation.invocableClone(), beanName);
  }
}
