package io.splitio.spring.toggle.ask;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.ConstructorResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.MethodResolver;
import org.springframework.expression.OperatorOverloader;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypeComparator;
import org.springframework.expression.TypeConverter;
import org.springframework.expression.TypeLocator;
import org.springframework.expression.TypedValue;
import org.springframework.expression.spel.SpelEvaluationException;
import org.springframework.expression.spel.SpelMessage;
import org.springframework.expression.spel.support.DataBindingMethodResolver;
import org.springframework.expression.spel.support.DataBindingPropertyAccessor;
import org.springframework.expression.spel.support.StandardOperatorOverloader;
import org.springframework.expression.spel.support.StandardTypeComparator;
import org.springframework.expression.spel.support.StandardTypeConverter;

/**
 * What an expression may see of a call: its arguments and the application's beans, to be read only.
 * There are no types, no constructors, no static methods and no reflection.
 */
final class ArgumentsContext implements EvaluationContext {
  private final Shared shared;
  private final Object[] arguments;

  ArgumentsContext(Shared shared, Object[] arguments) {
    this.shared = shared;
    this.arguments = arguments;
  }

  /**
   * What all calls of a method have in common.
   *
   * @param names the position of each parameter by the names it goes by
   */
  record Shared(Map<String, Integer> names, BeanResolver beans) {
    private static final List<PropertyAccessor> PROPERTIES =
        List.of(new MapEntries(), DataBindingPropertyAccessor.forReadOnlyAccess());
    private static final List<MethodResolver> METHODS =
        List.of(DataBindingMethodResolver.forInstanceMethodInvocation());
    private static final TypeConverter CONVERTER = new StandardTypeConverter();
    private static final TypeComparator COMPARATOR = new StandardTypeComparator();
    private static final OperatorOverloader OVERLOADER = new StandardOperatorOverloader();
    private static final TypeLocator NO_TYPES =
        name -> {
          throw new SpelEvaluationException(SpelMessage.TYPE_NOT_FOUND, name);
        };

    Shared {
      names = Map.copyOf(names);
    }
  }

  /** Reads {@code #user.plan} from a map; a key that is absent reads as null. */
  private static final class MapEntries implements PropertyAccessor {
    @Override
    public Class<?>[] getSpecificTargetClasses() {
      return new Class<?>[] {Map.class};
    }

    @Override
    public boolean canRead(EvaluationContext context, @Nullable Object target, String name) {
      return target instanceof Map;
    }

    @Override
    public TypedValue read(EvaluationContext context, @Nullable Object target, String name) {
      return new TypedValue(target instanceof Map<?, ?> map ? map.get(name) : null);
    }

    @Override
    public boolean canWrite(EvaluationContext context, @Nullable Object target, String name) {
      return false;
    }

    @Override
    public void write(
        EvaluationContext context, @Nullable Object target, String name, @Nullable Object value) {
      throw new UnsupportedOperationException("expressions of @FeatureToggle do not assign");
    }
  }

  @Override
  public TypedValue getRootObject() {
    return TypedValue.NULL;
  }

  @Override
  public @Nullable Object lookupVariable(String name) {
    Integer index = shared.names().get(name);
    return index == null ? null : arguments[index];
  }

  @Override
  public void setVariable(String name, @Nullable Object value) {
    throw new UnsupportedOperationException("expressions of @FeatureToggle do not assign");
  }

  @Override
  public boolean isAssignmentEnabled() {
    return false;
  }

  @Override
  public List<PropertyAccessor> getPropertyAccessors() {
    return Shared.PROPERTIES;
  }

  @Override
  public List<ConstructorResolver> getConstructorResolvers() {
    return List.of();
  }

  @Override
  public List<MethodResolver> getMethodResolvers() {
    return Shared.METHODS;
  }

  @Override
  public BeanResolver getBeanResolver() {
    return shared.beans();
  }

  @Override
  public TypeLocator getTypeLocator() {
    return Shared.NO_TYPES;
  }

  @Override
  public TypeConverter getTypeConverter() {
    return Shared.CONVERTER;
  }

  @Override
  public TypeComparator getTypeComparator() {
    return Shared.COMPARATOR;
  }

  @Override
  public OperatorOverloader getOperatorOverloader() {
    return Shared.OVERLOADER;
  }
}
