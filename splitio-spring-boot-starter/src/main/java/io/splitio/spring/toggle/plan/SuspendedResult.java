package io.splitio.spring.toggle.plan;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import org.springframework.core.MethodParameter;

/** What a suspending function returns, which only its last parameter tells. */
final class SuspendedResult {
  private SuspendedResult() {}

  static Shape.Suspending of(Method method) {
    String returned = new MethodParameter(method, -1).getParameterType().getName();
    boolean flow = returned.equals("kotlinx.coroutines.flow.Flow");
    return new Shape.Suspending(flow, continued(method).equals("kotlin.Unit"));
  }

  /** The X of the last parameter, a {@code Continuation<? super X>}. */
  private static String continued(Method method) {
    Type[] parameters = method.getGenericParameterTypes();
    Type last = parameters[parameters.length - 1];
    if (last instanceof ParameterizedType continuation
        && continuation.getActualTypeArguments()[0] instanceof WildcardType wildcard
        && wildcard.getLowerBounds().length == 1) {
      return wildcard.getLowerBounds()[0].getTypeName();
    }
    return "";
  }
}
