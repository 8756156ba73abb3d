package io.splitio.spring.toggle.plan;

import io.splitio.spring.toggle.OnControl;
import io.splitio.spring.toggle.WhenOff;
import io.splitio.spring.toggle.ask.Placeholders;
import io.splitio.spring.toggle.plan.MethodChoice.Chosen;
import io.splitio.spring.toggle.read.BeanNames;
import io.splitio.spring.toggle.read.Problem;
import io.splitio.spring.toggle.read.ToggleDefinition;
import io.splitio.spring.toggle.read.ToggledMethod;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Reads from one annotation what can happen to a call. */
final class BranchReader {
  private static final Logger LOG = LoggerFactory.getLogger("splitio.toggle");

  private final ConfigurableListableBeanFactory beans;
  private final BeanNames names;
  private final ToggledMethod toggled;
  private final String flag;
  private final List<Method> invoked = new ArrayList<>();

  BranchReader(ConfigurableListableBeanFactory beans, ToggledMethod toggled, String flag) {
    this.beans = beans;
    this.names = new BeanNames(beans);
    this.toggled = toggled;
    this.flag = flag;
  }

  /**
   * Reads all branches.
   *
   * @throws Problem when one cannot work
   */
  TogglePlan.Branches read(Shape shape, OnControl byDefault) {
    ToggleDefinition definition = toggled.definition();
    Map<String, Branch> variants = variants(definition);
    Branch on = new Branch.Proceed();
    Branch off = off(definition, shape);
    Branch control =
        switch (definition.onControl().or(byDefault)) {
          case ON -> on;
          case THROW -> new Branch.Refuse(flag, shape);
          case OFF, DEFAULT -> off;
        };
    return new TogglePlan.Branches(variants, on, control, off);
  }

  /**
   * The methods that may be called by reflection. What is wrong with one part of the annotation
   * takes no other part's method away, and placeholders need not stand for anything yet.
   */
  List<Method> invoked() {
    ToggleDefinition definition = toggled.definition();
    if (!definition.fallbackMethod().isBlank()) {
      look(() -> fallback(definition.fallbackMethod().trim()));
    }
    definition.variants().forEach(choice -> look(() -> variant(choice)));
    return List.copyOf(invoked);
  }

  private static void look(Supplier<Branch> part) {
    try {
      var unused = part.get();
    } catch (Problem e) {
      LOG.debug("No method to call by reflection: {}", e.getMessage()); // said at start
    }
  }

  private Branch off(ToggleDefinition definition, Shape shape) {
    if (!definition.fallbackMethod().isBlank() && definition.whenOff() != WhenOff.AUTO) {
      throw new Problem(
          "fallbackMethod = \"%s\" is never called with whenOff = %s; leave one of them out"
              .formatted(definition.fallbackMethod(), definition.whenOff()));
    }
    return switch (definition.whenOff()) {
      case AUTO -> automatic(definition, shape);
      case EMPTY -> shape.empty();
      case SKIP -> shape.skip();
      case THROW -> new Branch.Refuse(flag, shape);
      case PROCEED -> new Branch.Proceed();
    };
  }

  private Branch automatic(ToggleDefinition definition, Shape shape) {
    if (!definition.fallbackMethod().isBlank()) {
      return fallback(definition.fallbackMethod().trim());
    }
    if (!definition.variants().isEmpty()) {
      return new Branch.Proceed();
    }
    return shape.mayBeSkipped() ? shape.skip() : new Branch.Refuse(flag, shape);
  }

  private Branch fallback(String text) {
    String where = "fallbackMethod = \"" + text + "\"";
    int colons = text.indexOf("::");
    return colons < 0
        ? onTarget(where, text)
        : onBean(where, text.substring(0, colons), text.substring(colons + 2));
  }

  private Map<String, Branch> variants(ToggleDefinition definition) {
    Map<String, Branch> variants = new HashMap<>();
    for (ToggleDefinition.Choice choice : definition.variants()) {
      Branch branch = variant(choice);
      for (String treatment : treatments(choice)) {
        if (variants.put(treatment, branch) != null) {
          throw new Problem("has two variants for the treatment '" + treatment + "'");
        }
      }
    }
    return variants;
  }

  private List<String> treatments(ToggleDefinition.Choice choice) {
    List<String> treatments =
        new Placeholders(beans).names("treatment of a variant", choice.treatments());
    if (treatments.isEmpty()) {
      throw new Problem("has a variant without a treatment; name one or more");
    }
    return treatments;
  }

  private Branch variant(ToggleDefinition.Choice choice) {
    String where = "variant " + choice.treatments();
    if (choice.bean().isBlank() && choice.method().isBlank()) {
      throw new Problem(where + " names neither a method nor a bean");
    }
    return choice.bean().isBlank()
        ? onTarget(where, choice.method())
        : onBean(where, choice.bean(), choice.method());
  }

  private Branch onTarget(String where, String method) {
    Chosen chosen = new MethodChoice(toggled, flag, where, toggled.targetClass()).named(method);
    invoked.add(chosen.method());
    return new Branch.OnTarget(chosen.method(), chosen.trailing());
  }

  private Branch onBean(String where, String bean, String method) {
    names.require(where, bean);
    Chosen chosen = methodOf(where, bean, method);
    invoked.add(chosen.method());
    Branch own =
        method.isBlank()
            ? new Branch.Proceed()
            : new Branch.OnTarget(chosen.method(), chosen.trailing());
    Branch other =
        new Branch.OnBean(beans, bean, chosen.method(), chosen.trailing(), new Dispatch(toggled));
    return new Branch.UnlessSame(names, bean, own, other);
  }

  private Chosen methodOf(String where, String bean, String method) {
    Class<?> type = names.targetClass(bean);
    if (type != null) {
      return choice(where, type, method);
    }
    if (method.isBlank()) {
      return new Chosen(toggled.method(), Trailing.NONE);
    }
    throw new Problem(
        where + ": the class of bean '" + bean + "' is not known; let its @Bean method declare it");
  }

  private Chosen choice(String where, Class<?> type, String method) {
    boolean sameBeanClass = type.equals(toggled.targetClass());
    if (method.isBlank() && sameBeanClass) {
      return new Chosen(toggled.method(), Trailing.NONE);
    }
    return new MethodChoice(toggled, flag, where, type)
        .named(method.isBlank() ? toggled.method().getName() : method);
  }

  /** Whether any branch leads to another bean. */
  static boolean leadsToBean(ToggleDefinition definition) {
    return definition.fallbackMethod().contains("::")
        || definition.variants().stream().anyMatch(choice -> !choice.bean().isBlank());
  }

  static @Nullable Dispatch dispatch(ToggledMethod toggled) {
    return leadsToBean(toggled.definition()) ? new Dispatch(toggled) : null;
  }
}
