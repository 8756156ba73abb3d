package io.splitio.spring.toggle.plan;

import io.splitio.spring.toggle.read.Problem;
import io.splitio.spring.toggle.read.Suggestion;
import io.splitio.spring.toggle.read.ToggledMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The methods of a class that could be called in the place of a toggled method.
 *
 * @param where the part of the annotation that names the method, for messages
 * @param type the class to look in
 */
record MethodChoice(ToggledMethod toggled, String flag, String where, Class<?> type) {

  /** A method, and what it takes beyond the parameters of the toggled method. */
  record Chosen(Method method, Trailing trailing) {}

  /**
   * The one method with this name that fits.
   *
   * @throws Problem when none or several do
   */
  Chosen named(String name) {
    List<Chosen> fitting = new ArrayList<>();
    for (Method candidate : candidates()) {
      Trailing trailing = candidate.getName().equals(name) ? fit(candidate) : null;
      if (trailing != null) {
        fitting.add(new Chosen(candidate, trailing));
      }
    }
    if (fitting.isEmpty()) {
      throw absent(name);
    }
    if (fitting.size() > 1) {
      throw ambiguous(fitting);
    }
    return checked(fitting.get(0));
  }

  private List<Method> candidates() {
    return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
        .filter(method -> !method.isBridge() && !method.isSynthetic())
        .filter(method -> !method.equals(toggled.method()))
        .filter(method -> method.getDeclaringClass() != Object.class)
        .toList();
  }

  private @Nullable Trailing fit(Method candidate) {
    int count = toggled.method().getParameterCount();
    int after = KotlinDetector.isSuspendingFunction(toggled.method()) ? 1 : 0;
    int extra = candidate.getParameterCount() - count;
    if (extra == 0) {
      return sameParameters(candidate, count, 0) ? Trailing.NONE : null;
    }
    int at = count - after;
    return extra == 1 && sameParameters(candidate, at, 0) && sameParameters(candidate, count, 1)
        ? Trailing.of(candidate.getParameterTypes()[at], flag, after)
        : null;
  }

  /**
   * Whether parameters are the same: those before the added one, or from there on those behind it.
   */
  private boolean sameParameters(Method candidate, int end, int shift) {
    int start = shift == 0 ? 0 : end - (KotlinDetector.isSuspendingFunction(candidate) ? 1 : 0);
    for (int i = start; i < end; i++) {
      if (parameter(candidate, i + shift, type)
          != parameter(toggled.method(), i, toggled.targetClass())) {
        return false;
      }
    }
    return true;
  }

  private static Class<?> parameter(Method method, int index, Class<?> type) {
    return ResolvableType.forMethodParameter(method, index, type)
        .resolve(method.getParameterTypes()[index]);
  }

  private Chosen checked(Chosen chosen) {
    Class<?> wanted = toggled.returnType().resolve(Object.class);
    Class<?> got = ResolvableType.forMethodReturnType(chosen.method(), type).resolve(Object.class);
    if (wanted != void.class && !ClassUtils.isAssignable(wanted, got)) {
      throw new Problem(
          "%s: %s returns %s, which is not a %s"
              .formatted(
                  where,
                  ToggledMethod.signature(chosen.method()),
                  got.getSimpleName(),
                  wanted.getSimpleName()));
    }
    if (type != toggled.targetClass() && Modifier.isPrivate(chosen.method().getModifiers())) {
      throw new Problem(
          "%s: %s of %s is private; only a method of the same class may be"
              .formatted(where, ToggledMethod.signature(chosen.method()), type.getName()));
    }
    return chosen;
  }

  private Problem absent(String name) {
    List<String> sameName = signatures(name);
    String wanted = name + ToggledMethod.signature(toggled.method()).replaceFirst("^[^(]*", "");
    String hint =
        sameName.isEmpty()
            ? Suggestion.nearest(name, candidates().stream().map(Method::getName).toList())
            : "; did you mean '" + String.join("' or '", sameName) + "'?";
    return new Problem(
        "%s: %s was not found in %s%s It needs the same parameters, and may have a SplitResult at the end"
            .formatted(where, wanted, type.getName(), hint.isEmpty() ? "." : hint));
  }

  private List<String> signatures(String name) {
    return candidates().stream()
        .filter(method -> method.getName().equals(name))
        .map(ToggledMethod::signature)
        .sorted()
        .toList();
  }

  private Problem ambiguous(List<Chosen> fitting) {
    String all =
        fitting.stream()
            .map(chosen -> ToggledMethod.signature(chosen.method()))
            .sorted()
            .collect(Collectors.joining(" and "));
    return new Problem(where + " is ambiguous: " + all + " fit; keep one of them");
  }
}
