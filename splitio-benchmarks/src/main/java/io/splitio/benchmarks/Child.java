package io.splitio.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM of the same kind as this one, which answers in lines. */
public final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private Child(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a main class with this JVM's class path. */
  public static Child start(String mainClass, String... arguments) throws IOException {
    return startWith("-Xmx2g", mainClass, arguments);
  }

  /** Starts a main class with another class path. */
  public static Child startOn(String classPath, String mainClass, String... arguments)
      throws IOException {
    return start("-Xmx2g", classPath, mainClass, arguments);
  }

  /** Starts a main class with this JVM's class path, and with an option of the JVM. */
  public static Child startWith(String option, String mainClass, String... arguments)
      throws IOException {
    return start(option, System.getProperty("java.class.path"), mainClass, arguments);
  }

  private static Child start(String option, String classPath, String mainClass, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(option, "-cp", classPath, mainClass));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    return new Child(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line it prints. */
  public String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("a process of the benchmark has ended without an answer");
    }
    return line;
  }

  /** All lines that it prints until it ends. */
  public List<String> lines() throws IOException {
    List<String> all = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      all.add(line);
    }
    return all;
  }

  /** The next line, as numbers. */
  public double[] numbers() throws IOException {
    String[] words = line().split(" ", -1);
    double[] numbers = new double[words.length];
    for (int place = 0; place < words.length; place++) {
      numbers[place] = Double.parseDouble(words[place]);
    }
    return numbers;
  }

  /** Ends it: it ends with its standard input. */
  @Override
  public void close() {
    process.destroy();
  }
}
