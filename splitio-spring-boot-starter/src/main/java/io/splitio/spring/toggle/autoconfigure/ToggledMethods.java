package io.splitio.spring.toggle.autoconfigure;

import io.splitio.spring.toggle.FeatureToggle;
import io.splitio.spring.toggle.plan.TogglePlans;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/** The methods of a class for which an annotation holds. */
final class ToggledMethods {
  private ToggledMethods() {}

  static List<Method> of(Class<?> type) {
    if (!AnnotationUtils.isCandidateClass(type, FeatureToggle.class)) {
      return List.of();
    }
    return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
        .filter(
            method ->
                !method.isBridge() && !method.isSynthetic()) // Kotlin copies annotations there
        .filter(method -> TogglePlans.isToggled(method, type))
        .toList();
  }
}
