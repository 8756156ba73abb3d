package io.splitio.spring.toggle.read;

import io.splitio.spring.toggle.FeatureToggle;
import io.splitio.spring.toggle.OnControl;
import io.splitio.spring.toggle.Variant;
import io.splitio.spring.toggle.WhenOff;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.MergedAnnotation;

/** The text of one {@link FeatureToggle}, as it was written. */
public record ToggleDefinition(
    String flag,
    List<String> treatments,
    String key,
    String bucketingKey,
    List<String> attributes,
    String client,
    String fallbackMethod,
    List<Choice> variants,
    WhenOff whenOff,
    OnControl onControl) {

  /** The text of one {@link Variant}. */
  public record Choice(List<String> treatments, String method, String bean) {
    static Choice of(MergedAnnotation<Variant> variant) {
      return new Choice(
          List.of(variant.getStringArray("treatment")),
          variant.getString("method"),
          variant.getString("bean"));
    }
  }

  static ToggleDefinition of(MergedAnnotation<FeatureToggle> toggle) {
    return new ToggleDefinition(
        toggle.getString("flag"),
        List.of(toggle.getStringArray("treatments")),
        toggle.getString("key"),
        toggle.getString("bucketingKey"),
        List.of(toggle.getStringArray("attributes")),
        toggle.getString("client"),
        toggle.getString("fallbackMethod"),
        Stream.of(toggle.getAnnotationArray("variants", Variant.class)).map(Choice::of).toList(),
        toggle.getEnum("whenOff", WhenOff.class),
        toggle.getEnum("onControl", OnControl.class));
  }
}
