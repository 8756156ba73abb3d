package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application without the optional SnakeYAML. */
class MissingSnakeYamlTest {

  @Test
  void aYamlFileIsRefusedWithTheDependencyToAdd() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("snakeyaml")) {
        path.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader without =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> probe = without.loadClass(Probe.class.getName());
      Method read = probe.getDeclaredMethod("problem");
      read.setAccessible(true);

      assertThat(read.invoke(null))
          .isEqualTo(
              "flags.yaml is YAML, which needs SnakeYAML. Add the dependency org.yaml:snakeyaml, or"
                  + " use a .split or JSON file.");
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Runs inside the class loader that lacks the library. */
  static final class Probe {
    private Probe() {}

    static String problem() {
      try {
        Format.YAML.read(new Text("flags.yaml", "- f: {treatment: on}"), DateUnit.MILLISECONDS);
        return "none";
      } catch (UnreadableFileException e) {
        return e.problem();
      }
    }
  }
}
