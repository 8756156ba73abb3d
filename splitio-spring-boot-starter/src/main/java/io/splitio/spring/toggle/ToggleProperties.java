package io.splitio.spring.toggle;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Settings of {@link FeatureToggle}.
 *
 * @param enabled whether annotations have an effect
 * @param order precedence among the advices of a bean: inside security, outside transactions and
 *     caches
 * @param defaultKey key of a call that has none of its own
 * @param onTreatments treatments that mean enabled
 * @param validation what happens at start when an annotation cannot work
 * @param onControl what happens to a call when there is no decision
 */
@ConfigurationProperties("splitio.toggle")
public record ToggleProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("1000") int order,
    @Nullable String defaultKey,
    @DefaultValue({"on", "true"}) Set<String> onTreatments,
    @DefaultValue("FAIL") Validation validation,
    @DefaultValue("OFF") OnControl onControl) {

  /** What happens at start when an annotation cannot work. */
  public enum Validation {
    /** The application does not start. */
    FAIL,
    /** A warning is logged; calls of the method are refused. */
    WARN,
    /** Annotations are not looked at; the first call warns. */
    OFF
  }

  /** Copies what it is given. */
  public ToggleProperties {
    onTreatments = Set.copyOf(onTreatments);
    if (onControl == OnControl.DEFAULT) {
      throw new IllegalArgumentException(
          "splitio.toggle.on-control is DEFAULT; it must be OFF, ON or THROW");
    }
  }

  /** Reads the settings early, before beans of properties can be made. */
  public static ToggleProperties from(Environment environment) {
    return Binder.get(environment).bindOrCreate("splitio.toggle", ToggleProperties.class);
  }
}
