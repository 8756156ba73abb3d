package io.splitio.spring.toggle.ask;

import io.splitio.spring.toggle.read.BeanNames;
import io.splitio.spring.toggle.read.Problem;
import io.splitio.spring.toggle.read.Suggestion;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.TypeReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.StringUtils;

/**
 * Reads the expressions of one method's annotation. Only what stands in the annotation is ever
 * parsed, and only here; types, constructors and assignments are refused.
 */
final class ExpressionReader {
  private static final SpelExpressionParser PARSER = new SpelExpressionParser();

  private final BeanNames beans;
  private final Map<String, Integer> names = new HashMap<>();
  private final boolean named;
  private final ArgumentsContext.Shared context;

  ExpressionReader(Method method, BeanFactory beanFactory, BeanNames beans) {
    this.beans = beans;
    String @Nullable [] parameters = new DefaultParameterNameDiscoverer().getParameterNames(method);
    this.named = parameters != null;
    for (int i = 0; i < method.getParameterCount(); i++) {
      names.put("p" + i, i);
      names.put("a" + i, i);
      if (parameters != null && i < parameters.length && parameters[i] != null) {
        names.put(parameters[i], i);
      }
    }
    this.context = new ArgumentsContext.Shared(names, new BeanFactoryResolver(beanFactory));
  }

  /**
   * Reads one expression.
   *
   * @param where the part of the annotation, for messages
   * @throws Problem when it cannot be read, or names what does not exist
   */
  ArgumentValue read(String where, String text) {
    SpelExpression expression = parse(where, text);
    check(where, text, expression.getAST());
    refuseBare(where, text, BareNames.in(expression.getAST()));
    return parameter(expression.getAST())
        .<ArgumentValue>map(ArgumentValue.Parameter::new)
        .orElseGet(() -> new ArgumentValue.Parsed(expression, context));
  }

  private static SpelExpression parse(String where, String text) {
    try {
      return PARSER.parseRaw(text);
    } catch (ParseException | IllegalStateException | IllegalArgumentException e) {
      String at = e instanceof ParseException parse ? " at position " + parse.getPosition() : "";
      String why = e instanceof ParseException parse ? parse.getSimpleMessage() : e.getMessage();
      throw new Problem(where + " = \"" + text + "\" cannot be read" + at + ": " + why);
    }
  }

  private Optional<Integer> parameter(SpelNode node) {
    return node instanceof VariableReference
        ? Optional.ofNullable(names.get(variable(node)))
        : Optional.empty();
  }

  private void check(String where, String text, SpelNode node) {
    refuse(where, text, node);
    if (node instanceof VariableReference) {
      checkVariable(where, text, node);
    }
    if (node instanceof BeanReference) {
      beans.require(where + " = \"" + text + "\"", bean(node));
    }
    for (int i = 0; i < node.getChildCount(); i++) {
      check(where, text, node.getChild(i));
    }
  }

  private static void refuse(String where, String text, SpelNode node) {
    String what = refused(node);
    if (what != null) {
      throw new Problem(
          "%s = \"%s\" has %s at position %d; it may use arguments, their properties and methods,"
                  .formatted(where, text, what, node.getStartPosition())
              + " and beans (@name)");
    }
  }

  private void refuseBare(String where, String text, @Nullable SpelNode bare) {
    if (bare != null) {
      throw new Problem(
          "%s = \"%s\" has %s at position %d, which belongs to nothing; %s"
              .formatted(
                  where, text, bare.toStringAST(), bare.getStartPosition(), meant(where, bare)));
    }
  }

  private String meant(String where, SpelNode bare) {
    String name = bare instanceof PropertyOrFieldReference property ? property.getName() : "";
    if (!names.containsKey(name)) {
      return "arguments are written #name, beans @name, and texts in single quotes";
    }
    String argument = "#" + name;
    return where.equals("attributes")
        ? "did you mean '%s', a map, or '%s=%s', one attribute?".formatted(argument, name, argument)
        : "did you mean '" + argument + "'?";
  }

  private static @Nullable String refused(SpelNode node) {
    if (node instanceof TypeReference) {
      return "a type T(...)";
    }
    if (node instanceof ConstructorReference) {
      return "a constructor";
    }
    return node instanceof Assign || node instanceof OpInc || node instanceof OpDec
        ? "an assignment"
        : null;
  }

  private void checkVariable(String where, String text, SpelNode node) {
    String name = variable(node);
    if (names.containsKey(name) || name.equals("this")) {
      return;
    }
    String cure =
        named
            ? Suggestion.nearest(name, names.keySet())
            : "; parameter names are unavailable: compile with -parameters, or use #p0";
    throw new Problem(
        "%s = \"%s\" uses #%s at position %d, which is not a parameter%s"
            .formatted(where, text, name, node.getStartPosition(), cure));
  }

  private static String variable(SpelNode node) {
    return node.toStringAST().substring(1);
  }

  private static String bean(SpelNode node) {
    String name = StringUtils.trimLeadingCharacter(node.toStringAST(), '&').substring(1);
    return name.startsWith("'") ? name.substring(1, name.length() - 1) : name;
  }
}
