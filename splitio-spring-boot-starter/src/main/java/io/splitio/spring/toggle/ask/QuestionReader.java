package io.splitio.spring.toggle.ask;

import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.flag.Names;
import io.splitio.spring.toggle.SplitAttribute;
import io.splitio.spring.toggle.SplitKey;
import io.splitio.spring.toggle.ToggleProperties;
import io.splitio.spring.toggle.ask.ToggleAttributes.Named;
import io.splitio.spring.toggle.ask.ToggleAttributes.Part;
import io.splitio.spring.toggle.ask.ToggleAttributes.Whole;
import io.splitio.spring.toggle.read.BeanNames;
import io.splitio.spring.toggle.read.Problem;
import io.splitio.spring.toggle.read.ToggleDefinition;
import io.splitio.spring.toggle.read.ToggledMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedMethod;

/** Reads from one annotation what to ask. */
public final class QuestionReader {
  private static final Pattern NAMED = Pattern.compile("\\s*([A-Za-z_][\\w.-]*)\\s*=(?!=)(.*)");

  private final ConfigurableListableBeanFactory beans;
  private final ToggleProperties properties;
  private final ToggledMethod toggled;
  private final ExpressionReader expressions;

  /** Reads the annotation of this method. */
  public QuestionReader(
      ConfigurableListableBeanFactory beans, ToggleProperties properties, ToggledMethod toggled) {
    this.beans = beans;
    this.properties = properties;
    this.toggled = toggled;
    this.expressions = new ExpressionReader(toggled.method(), beans, new BeanNames(beans));
  }

  /**
   * Reads the whole question.
   *
   * @throws Problem when a part cannot work
   */
  public Question read() {
    ToggleDefinition definition = toggled.definition();
    return new Question(
        flag(definition.flag()),
        client(definition.client()),
        key(definition),
        attributes(),
        toggled.toString());
  }

  private String flag(String written) {
    String flag = new Placeholders(beans).text("flag", written);
    if (!Names.isFlagName(flag)) {
      throw new Problem(
          "flag = \""
              + written
              + (flag.equals(written) ? "\"" : "\" stands for \"" + flag + "\", which")
              + " cannot name a flag; a flag's name has 1 to 100 letters, digits, '-' and '_',"
              + " starts with a letter or digit, and may have '.' if it starts with a digit");
    }
    return flag;
  }

  /** A question that is never answered, for an annotation that cannot work; warns why. */
  public static Question unanswerable(ToggledMethod toggled, Problem problem) {
    Question question =
        new Question(
            toggled.definition().flag(),
            () -> null,
            new ToggleKey(List.of(), null, null),
            new ToggleAttributes(List.of()),
            toggled.toString());
    question.unanswered(problem.getMessage());
    return question;
  }

  private Supplier<@Nullable SplitClient> client(String name) {
    if (name.isBlank()) {
      requireOneClient();
    } else {
      new BeanNames(beans).require("client = \"" + name + "\"", name);
      if (!beans.isTypeMatch(name, SplitClient.class)) {
        throw new Problem("client = \"" + name + "\" names a bean that is not a SplitClient");
      }
    }
    return new ClientBean(beans, name);
  }

  private void requireOneClient() {
    if (beans.getBeanNamesForType(SplitClient.class, true, false).length < 2) {
      return;
    }
    try {
      beans.getBeanProvider(SplitClient.class).getIfAvailable();
    } catch (NoUniqueBeanDefinitionException e) {
      throw new Problem(
          "names no client, and there are several SplitClient beans ("
              + String.join(", ", Objects.requireNonNullElse(e.getBeanNamesFound(), List.of()))
              + "); name one with client, or make one @Primary");
    }
  }

  private ToggleKey key(ToggleDefinition definition) {
    List<ArgumentValue> sources = new ArrayList<>();
    ArgumentValue written = expression("key", definition.key());
    if (written != null) {
      sources.add(written);
    }
    for (MethodParameter parameter : parameters()) {
      if (parameter.hasParameterAnnotation(SplitKey.class)) {
        sources.add(keyParameter(parameter));
      }
    }
    if (sources.size() > (written == null ? 1 : 2)) {
      throw new Problem("has several parameters with @SplitKey; keep one");
    }
    String otherwise = properties.defaultKey();
    return new ToggleKey(
        sources,
        expression("bucketingKey", definition.bucketingKey()),
        otherwise == null || otherwise.isBlank() ? null : Key.of(otherwise));
  }

  private @Nullable ArgumentValue expression(String where, String text) {
    return text.isBlank() ? null : expressions.read(where, text);
  }

  private static ArgumentValue keyParameter(MethodParameter parameter) {
    if (!ToggleKey.mayHoldKey(parameter.getParameterType())) {
      throw new Problem(
          "has @SplitKey on a "
              + parameter.getParameterType().getSimpleName()
              + ", which cannot be a key; a text, a number, a UUID or a Key can, or use key ="
              + " \"#parameter.property\"");
    }
    return new ArgumentValue.Parameter(parameter.getParameterIndex());
  }

  private ToggleAttributes attributes() {
    List<Part> parts = new ArrayList<>();
    for (MethodParameter parameter : parameters()) {
      SplitAttribute annotation = parameter.getParameterAnnotation(SplitAttribute.class);
      if (annotation != null) {
        String name = annotation.value().isBlank() ? nameOf(parameter) : annotation.value();
        parts.add(new Named(name, new ArgumentValue.Parameter(parameter.getParameterIndex())));
      }
    }
    toggled.definition().attributes().forEach(text -> parts.add(attribute(text)));
    return new ToggleAttributes(parts);
  }

  private Part attribute(String text) {
    Matcher named = NAMED.matcher(text);
    return named.matches()
        ? new Named(
            named.group(1), expressions.read("attribute " + named.group(1), named.group(2).trim()))
        : new Whole(expressions.read("attributes", text));
  }

  private static String nameOf(MethodParameter parameter) {
    parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
    String name = parameter.getParameterName();
    if (name == null) {
      throw new Problem(
          "has @SplitAttribute without a name, and parameter names are unavailable: compile with"
              + " -parameters, or write @SplitAttribute(\"name\")");
    }
    return name;
  }

  private MethodParameter[] parameters() {
    return new AnnotatedMethod(toggled.method()).getMethodParameters();
  }
}
