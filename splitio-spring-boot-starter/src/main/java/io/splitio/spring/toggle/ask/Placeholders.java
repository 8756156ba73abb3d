package io.splitio.spring.toggle.ask;

import io.splitio.spring.toggle.read.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.StringUtils;

/** Fills in the <code>${placeholders}</code> of an annotation's text, once. */
public final class Placeholders {
  private final ConfigurableBeanFactory beans;

  /** Fills in with what the application's placeholders stand for. */
  public Placeholders(ConfigurableBeanFactory beans) {
    this.beans = beans;
  }

  /**
   * The text as it is meant, without blanks around it.
   *
   * @throws Problem when it is blank, or a placeholder stands for nothing
   */
  public String text(String where, String text) {
    String resolved = resolve(where, text);
    if (resolved.contains("${")) {
      throw new Problem(
          where + " = \"" + text + "\" has a placeholder for which there is no property");
    }
    if (resolved.isBlank()) {
      throw new Problem(where + " is blank; name one");
    }
    return resolved.trim();
  }

  /**
   * Several names; a placeholder may stand for some, with commas between them.
   *
   * @throws Problem when one is blank, or a placeholder stands for nothing
   */
  public List<String> names(String where, List<String> texts) {
    List<String> names = new ArrayList<>();
    for (String text : texts) {
      String resolved = text(where, text);
      names.addAll(
          text.contains("${")
              ? List.of(StringUtils.tokenizeToStringArray(resolved, ","))
              : List.of(resolved));
    }
    return names;
  }

  private String resolve(String where, String text) {
    try {
      return Objects.requireNonNullElse(beans.resolveEmbeddedValue(text), "");
    } catch (IllegalArgumentException e) {
      throw new Problem(where + " = \"" + text + "\" cannot be resolved: " + e.getMessage());
    }
  }
}
