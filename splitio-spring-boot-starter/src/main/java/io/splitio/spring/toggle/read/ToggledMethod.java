package io.splitio.spring.toggle.read;

import io.splitio.spring.toggle.FeatureToggle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method with the annotation that holds for it.
 *
 * @param method the most specific method, never a bridge
 * @param targetClass the class of the bean
 * @param definition the annotation's text
 * @param rival whether there is another annotation at the same place
 */
public record ToggledMethod(
    Method method, Class<?> targetClass, ToggleDefinition definition, boolean rival) {

  /**
   * The annotation on the method, on the methods it implements, on the class, on its supertypes:
   * the first one found holds alone.
   */
  public static @Nullable ToggledMethod find(Method method, Class<?> targetClass) {
    Class<?> userClass = ClassUtils.getUserClass(targetClass);
    Method specific = AopUtils.getMostSpecificMethod(method, userClass);
    MergedAnnotations annotations = onMethod(specific, method, userClass);
    if (!annotations.isPresent(FeatureToggle.class) && classHoldsFor(specific)) {
      annotations = MergedAnnotations.from(userClass, SearchStrategy.TYPE_HIERARCHY);
    }
    MergedAnnotation<FeatureToggle> nearest = annotations.get(FeatureToggle.class);
    if (!nearest.isPresent()) {
      return null;
    }
    ToggleDefinition definition = ToggleDefinition.of(nearest);
    return new ToggledMethod(specific, userClass, definition, hasRival(annotations, nearest));
  }

  private static MergedAnnotations onMethod(Method specific, Method called, Class<?> userClass) {
    MergedAnnotations own = MergedAnnotations.from(specific, SearchStrategy.TYPE_HIERARCHY);
    if (own.isPresent(FeatureToggle.class) || Modifier.isStatic(specific.getModifiers())) {
      return own;
    }
    if (!called.equals(specific)) {
      MergedAnnotations ofCalled = MergedAnnotations.from(called, SearchStrategy.TYPE_HIERARCHY);
      if (ofCalled.isPresent(FeatureToggle.class)) {
        return ofCalled;
      }
    }
    return specific.getDeclaringClass() == userClass ? own : ofInterfaces(own, specific, userClass);
  }

  /** An inherited method may implement an interface that only the subclass declares. */
  private static MergedAnnotations ofInterfaces(
      MergedAnnotations own, Method specific, Class<?> userClass) {
    for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(userClass)) {
      Method declared =
          ReflectionUtils.findMethod(type, specific.getName(), specific.getParameterTypes());
      if (declared != null) {
        MergedAnnotations found = MergedAnnotations.from(declared, SearchStrategy.TYPE_HIERARCHY);
        if (found.isPresent(FeatureToggle.class)) {
          return found;
        }
      }
    }
    return own;
  }

  /** A class does not speak for its private and static methods, nor for equals and the like. */
  private static boolean classHoldsFor(Method method) {
    return !Modifier.isPrivate(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && method.getDeclaringClass() != Object.class
        && !ReflectionUtils.isObjectMethod(method)
        && ClassUtils.isUserLevelMethod(method);
  }

  private static boolean hasRival(
      MergedAnnotations annotations, MergedAnnotation<FeatureToggle> nearest) {
    return annotations.stream(FeatureToggle.class)
            .filter(other -> other.getAggregateIndex() == nearest.getAggregateIndex())
            .count()
        > 1;
  }

  /** What the method returns, with the type variables of the class filled in. */
  public ResolvableType returnType() {
    return ResolvableType.forMethodReturnType(method, targetClass);
  }

  /** The method as a reader would write it, such as {@code com.acme.Shop.pay(Order)}. */
  @Override
  public String toString() {
    return targetClass.getName() + "." + signature(method);
  }

  /** A method without its class, such as {@code pay(Order)}. */
  public static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }
}
