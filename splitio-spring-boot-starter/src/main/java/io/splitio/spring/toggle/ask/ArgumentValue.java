package io.splitio.spring.toggle.ask;

import org.jspecify.annotations.Nullable;
import org.springframework.expression.Expression;

/** Something to be had from the arguments of a call. */
sealed interface ArgumentValue {

  /** The value; an expression may throw anything. */
  @Nullable Object from(Object[] arguments);

  /** One argument as it is. */
  record Parameter(int index) implements ArgumentValue {
    @Override
    public @Nullable Object from(Object[] arguments) {
      return arguments[index];
    }
  }

  /** An expression over the arguments, parsed when the annotation was read. */
  record Parsed(Expression expression, ArgumentsContext.Shared context) implements ArgumentValue {
    @Override
    public @Nullable Object from(Object[] arguments) {
      return expression.getValue(new ArgumentsContext(context, arguments));
    }
  }
}
