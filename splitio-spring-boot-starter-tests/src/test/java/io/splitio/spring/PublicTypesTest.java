package io.splitio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.spring.toggle.FeatureToggle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.asm.ClassReader;

/** What applications see of the starter is chosen, and does not grow by accident. */
class PublicTypesTest {
  /** Public for their neighbours only; their package Javadoc says so. */
  private static final Set<String> INTERNAL =
      Set.of(
          "io.splitio.spring.source",
          "io.splitio.spring.text",
          "io.splitio.spring.toggle.ask",
          "io.splitio.spring.toggle.plan",
          "io.splitio.spring.toggle.read");

  @Test
  void internalPackagesShowTheirNeighboursOnlyWhatTheseNeed() throws Exception {
    assertThat(publicTypes(true))
        .containsExactlyInAnyOrder(
            "source.Addresses",
            "source.OnSource",
            "source.UnsetProperties",
            "text.NearestName",
            "toggle.ask.ClientBean",
            "toggle.ask.Placeholders",
            "toggle.ask.Question",
            "toggle.ask.QuestionReader",
            "toggle.plan.TogglePlan",
            "toggle.plan.TogglePlans",
            "toggle.read.BeanNames",
            "toggle.read.InvalidToggleException",
            "toggle.read.Problem",
            "toggle.read.Suggestion",
            "toggle.read.ToggleDefinition",
            "toggle.read.ToggledMethod");
  }

  @Test
  void publicTypesAreThoseThatUsersNeed() throws Exception {
    assertThat(publicTypes(false))
        .containsExactlyInAnyOrder(
            "actuate.SplitioEndpoint",
            "actuate.SplitioEndpointAutoConfiguration",
            "actuate.SplitioHealthAutoConfiguration",
            "actuate.SplitioHealthBoot35AutoConfiguration",
            "actuate.SplitioMetricsAutoConfiguration",
            "autoconfigure.CloudProperties",
            "autoconfigure.FlagsChangedEvent",
            "autoconfigure.HttpProperties",
            "autoconfigure.Limits", // for records of properties in other packages
            "autoconfigure.SplitConfigCustomizer",
            "autoconfigure.SplitConnectorCustomizer",
            "autoconfigure.SplitioAutoConfiguration",
            "autoconfigure.SplitioProperties",
            "autoconfigure.SplitioStartException",
            "featbit.FeatBitConnectorCustomizer",
            "featbit.FeatBitProperties",
            "featbit.SplitioFeatBitAutoConfiguration",
            "redis.RedisConnectorCustomizer",
            "redis.RedisProperties",
            "redis.SplitioRedisAutoConfiguration",
            "redis.SplitioRedisDetailsAutoConfiguration",
            "redis.SplitioRedisDetailsBoot35AutoConfiguration",
            "toggle.FeatureDisabledException",
            "toggle.FeatureToggle",
            "toggle.FeatureToggles",
            "toggle.OnControl",
            "toggle.SplitAttribute",
            "toggle.SplitKey",
            "toggle.ToggleProperties",
            "toggle.Variant",
            "toggle.WhenOff",
            "toggle.autoconfigure.SplitioToggleAutoConfiguration");
  }

  private static List<String> publicTypes(boolean internal) throws IOException, URISyntaxException {
    String prefix = "io.splitio.spring.";
    return types().stream()
        .filter(type -> INTERNAL.contains(type.substring(0, type.lastIndexOf('.'))) == internal)
        .map(type -> type.substring(prefix.length()))
        .toList();
  }

  /** The names of public top-level classes in the starter, be it a jar or a directory. */
  private static List<String> types() throws IOException, URISyntaxException {
    URL origin = FeatureToggle.class.getProtectionDomain().getCodeSource().getLocation();
    Path starter = Path.of(origin.toURI());
    if (Files.isDirectory(starter)) {
      return types(starter);
    }
    try (FileSystem jar = FileSystems.newFileSystem(starter)) {
      return types(jar.getPath("/"));
    }
  }

  private static List<String> types(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.toString().contains("$") && !file.endsWith("package-info.class"))
          .filter(PublicTypesTest::isPublic)
          .map(file -> root.relativize(file).toString().replaceAll("[/\\\\]", "."))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .toList();
    }
  }

  private static boolean isPublic(Path file) {
    try {
      return Modifier.isPublic(new ClassReader(Files.readAllBytes(file)).getAccess());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
