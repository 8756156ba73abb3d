package io.splitio.spring.toggle.plan;

import io.splitio.spring.toggle.ToggleProperties;
import io.splitio.spring.toggle.ask.Placeholders;
import io.splitio.spring.toggle.ask.Question;
import io.splitio.spring.toggle.ask.QuestionReader;
import io.splitio.spring.toggle.read.Problem;
import io.splitio.spring.toggle.read.ToggleDefinition;
import io.splitio.spring.toggle.read.ToggledMethod;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The plans of all toggled methods, each worked out once. Safe for use by any number of threads.
 */
public final class TogglePlans {
  private final ConfigurableListableBeanFactory beans;
  private final ToggleProperties properties;
  private final Map<Class<?>, Map<Method, TogglePlan>> plans = new ConcurrentHashMap<>();

  /** Plans for beans of this factory. */
  public TogglePlans(ConfigurableListableBeanFactory beans, ToggleProperties properties) {
    this.beans = beans;
    this.properties = properties;
  }

  /** The settings, read once for all who need them early. */
  public ToggleProperties properties() {
    return properties;
  }

  /** Whether an annotation holds for the method of a bean of this class. */
  public static boolean isToggled(Method method, Class<?> targetClass) {
    return ToggledMethod.find(method, targetClass) != null;
  }

  /**
   * The plan of a toggled method. One that cannot work refuses its calls and warns once.
   *
   * @param target the object behind the proxy, or null
   */
  public TogglePlan plan(Method method, @Nullable Object target) {
    Class<?> type = target == null ? method.getDeclaringClass() : target.getClass();
    Map<Method, TogglePlan> ofType = plans.get(type);
    TogglePlan plan = ofType == null ? null : ofType.get(method);
    return plan == null ? add(method, target, type) : plan;
  }

  /** The method as a reader would write it, such as {@code com.acme.Shop.pay(Order)}. */
  public static String describe(Method method, Class<?> targetClass) {
    return targetClass.getName() + "." + ToggledMethod.signature(method);
  }

  /** What is wrong with the annotation that holds for the method, or null. */
  public @Nullable String problem(Method method, Class<?> targetClass) {
    ToggledMethod toggled = ToggledMethod.find(method, targetClass);
    if (toggled == null) {
      return null;
    }
    try {
      read(toggled);
      return null;
    } catch (Problem e) {
      return toggled + ": " + e.getMessage();
    }
  }

  /** The methods that a toggled method's calls may reach by reflection. */
  public static List<Method> invokedMethods(
      ConfigurableListableBeanFactory beans, Method method, Class<?> targetClass) {
    ToggledMethod toggled = ToggledMethod.find(method, targetClass);
    return toggled == null
        ? List.of()
        : new BranchReader(beans, toggled, toggled.definition().flag()).invoked();
  }

  private TogglePlan add(Method method, @Nullable Object target, Class<?> type) {
    Class<?> targetClass = target == null ? type : AopUtils.getTargetClass(target);
    ToggledMethod toggled = ToggledMethod.find(method, targetClass);
    if (toggled == null) {
      throw new IllegalStateException("no @FeatureToggle holds for " + method);
    }
    TogglePlan made = readOrRefuse(toggled);
    Map<Method, TogglePlan> ofType = plans.computeIfAbsent(type, any -> new ConcurrentHashMap<>());
    TogglePlan earlier = ofType.putIfAbsent(method, made);
    return earlier == null ? made : earlier;
  }

  private TogglePlan readOrRefuse(ToggledMethod toggled) {
    try {
      return read(toggled);
    } catch (Problem e) {
      Branch refuse = new Branch.Refuse(toggled.definition().flag(), new Shape.Plain(Object.class));
      return new TogglePlan(
          QuestionReader.unanswerable(toggled, e),
          new Shape.Plain(Object.class),
          Set.of(),
          new TogglePlan.Branches(Map.of(), refuse, refuse, refuse),
          null);
    }
  }

  private TogglePlan read(ToggledMethod toggled) {
    ToggleDefinition definition = toggled.definition();
    if (toggled.rival()) {
      throw new Problem("has two @FeatureToggle at one place; only one can hold");
    }
    Question question = new QuestionReader(beans, properties, toggled).read();
    Shape shape = Shape.of(toggled);
    BranchReader branches = new BranchReader(beans, toggled, question.flag());
    return new TogglePlan(
        question,
        shape,
        on(definition),
        branches.read(shape, properties.onControl()),
        BranchReader.dispatch(toggled));
  }

  private Set<String> on(ToggleDefinition definition) {
    return definition.treatments().isEmpty()
        ? properties.onTreatments()
        : Set.copyOf(new Placeholders(beans).names("treatments", definition.treatments()));
  }
}
