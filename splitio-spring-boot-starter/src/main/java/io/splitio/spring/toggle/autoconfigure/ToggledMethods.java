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
  private static final String SPRING = "org.springframework.";
  private static final String SAMPLES = ".samples."; // applications all the same, as Petclinic is

  private ToggledMethods() {}

  /** Without a look at its methods; Spring's own beans are many, and have none of ours. */
  static boolean mayBeIn(Class<?> type) {
    return AnnotationUtils.isCandidateClass(type, FeatureToggle.class)
        && (!type.getName().startsWith(SPRING) || type.getName().contains(SAMPLES));
  }

  static List<Method> of(Class<?> type) {
    if (!mayBeIn(type)) {
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
