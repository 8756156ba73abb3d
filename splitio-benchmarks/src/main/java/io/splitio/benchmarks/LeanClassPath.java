package io.splitio.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of an application that uses an SDK and nothing else: jars, as applications have
 * them, and none of those of other contestants, all of which would be looked through for each class
 * that a fresh JVM loads.
 */
final class LeanClassPath {
  private static final Set<String> JARS =
      Set.of(
          "jackson-core",
          "java-client",
          "jspecify",
          "kotlin-stdlib",
          "logback-classic",
          "logback-core",
          "okhttp-jvm",
          "okio-jvm",
          "slf4j-api");

  private LeanClassPath() {}

  /** The part of this JVM's class path that the SDKs which can be asked need, in jars. */
  static String make() throws IOException {
    Path folder = Files.createTempDirectory("contestants");
    folder.toFile().deleteOnExit();
    List<String> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path place = Path.of(entry);
      if (Files.isDirectory(place)) {
        path.add(packed(place, folder.resolve(path.size() + ".jar")).toString());
      } else if (JARS.contains(place.getFileName().toString().replaceAll("-\\d.*", ""))) {
        path.add(entry);
      }
    }
    return String.join(File.pathSeparator, path);
  }

  private static Path packed(Path classes, Path jar) throws IOException {
    jar.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        entries.putNextEntry(new JarEntry(name));
        Files.copy(file, entries);
      }
    }
    return jar;
  }
}
