package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.SplitClient;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LocalhostFilesTest {
  private static final String YAML = "- checkout:\n    treatment: \"v2\"\n";

  @TempDir private Path directory;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(SplitioAutoConfiguration.class))
          .withPropertyValues("splitio.api-key=localhost");

  @Test
  void pathWithoutASchemeIsAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("flags.yaml"), YAML);

    runner
        .withPropertyValues("splitio.localhost.split-file=" + file)
        .run(context -> assertThat(treatment(context)).isEqualTo("v2"));
  }

  @Test
  void fileMayBeAUrl() throws Exception {
    Path file = Files.writeString(directory.resolve("flags.yaml"), YAML);

    runner
        .withPropertyValues("splitio.localhost.split-file=" + file.toUri())
        .run(context -> assertThat(treatment(context)).isEqualTo("v2"));
  }

  @Test
  void resourceInsideAJarIsReadOnce(CapturedOutput output) throws Exception {
    Path jar = directory.resolve("flags.jar");
    try (OutputStream bytes = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("packed/flags.yaml"));
      zip.write(YAML.getBytes(StandardCharsets.UTF_8));
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      runner
          .withClassLoader(loader)
          .withPropertyValues(
              "splitio.localhost.split-file=classpath:packed/flags.yaml",
              "splitio.localhost.refresh-enabled=true")
          .run(context -> assertThat(treatment(context)).isEqualTo("v2"));
    }
    assertThat(output)
        .contains(
            "classpath:packed/flags.yaml is inside a jar and cannot change; it is not refreshed");
  }

  @Test
  void changedFileIsReadAgainWhenRefreshIsOn() throws Exception {
    Path file = Files.writeString(directory.resolve("flags.yaml"), YAML);

    runner
        .withPropertyValues(
            "splitio.localhost.split-file=" + file,
            "splitio.localhost.refresh-enabled=true",
            "splitio.localhost.refresh-interval=10ms")
        .run(context -> assertRefreshed(context, file));
  }

  @Test
  void changedFileIsReadAgainUnderDevTools() throws Exception {
    Path file = Files.writeString(directory.resolve("flags.yaml"), YAML);

    runner
        .withClassLoader(new DevToolsClassLoader())
        .withPropertyValues(
            "splitio.localhost.split-file=" + file, "splitio.localhost.refresh-interval=10ms")
        .run(context -> assertRefreshed(context, file));
  }

  @Test
  void segmentsComeFromTheDirectory() throws Exception {
    Path file =
        Files.copy(
            Path.of("src/test/resources/segment-flags.json"), directory.resolve("flags.json"));
    Path segments = Files.createDirectory(directory.resolve("segments"));
    Files.writeString(
        segments.resolve("testers.json"),
        "{\"name\":\"testers\",\"added\":[\"anna\"],\"removed\":[],\"since\":-1,\"till\":1}");

    runner
        .withPropertyValues(
            "splitio.localhost.split-file=" + file,
            "splitio.localhost.segment-directory=" + segments.toUri())
        .run(context -> assertThat(treatment(context)).isEqualTo("v2"));
  }

  private static void assertRefreshed(BeanFactory context, Path file) throws Exception {
    assertThat(treatment(context)).isEqualTo("v2");

    Files.writeString(file, YAML.replace("v2", "v3"));

    await().until(() -> treatment(context).equals("v3"));
  }

  private static String treatment(BeanFactory context) {
    return context.getBean(SplitClient.class).getTreatment("anna", "checkout");
  }

  /** Has the class by which DevTools is recognised. */
  private static final class DevToolsClassLoader extends ClassLoader {
    private static final String RESTARTER = "org.springframework.boot.devtools.restart.Restarter";

    DevToolsClassLoader() {
      super(LocalhostFilesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.equals(RESTARTER)) {
        throw new ClassNotFoundException(name);
      }
      ClassWriter writer = new ClassWriter(0);
      writer.visit(
          Opcodes.V17, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", null);
      byte[] bytes = writer.toByteArray();
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
