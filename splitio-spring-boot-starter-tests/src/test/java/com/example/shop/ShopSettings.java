package com.example.shop;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

/** Properties of an application below {@code splitio}, in records of its own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  ShopSettings.Painted.class,
  ShopSettings.Renamed.class,
  ShopSettings.Tree.class
})
public class ShopSettings {

  @Bean
  @ConfigurationPropertiesBinding
  static Converter<String, Color> colors() {
    return new Colors();
  }

  /** Bound by a converter, not by its components. */
  public record Color(int red, int green) {}

  /** Has a component that a converter binds. */
  @ConfigurationProperties("splitio.my-app")
  public record Painted(Color color) {}

  /** Has a component whose name is a word of the language. */
  @ConfigurationProperties("splitio.named")
  public record Renamed(@Name("import") String imported) {}

  /** Has itself for a component. */
  @ConfigurationProperties("splitio.tree")
  public record Tree(String name, Tree child) {}

  private static final class Colors implements Converter<String, Color> {
    @Override
    public Color convert(String text) {
      return new Color(
          Integer.parseInt(text.substring(1, 3), 16), Integer.parseInt(text.substring(3, 5), 16));
    }
  }
}
