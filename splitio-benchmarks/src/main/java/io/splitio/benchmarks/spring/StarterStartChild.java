package io.splitio.benchmarks.spring;

import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;

/** One start of an application: prints how many milliseconds it took. */
final class StarterStartChild {
  private static final double NANOS = 1e6;

  private StarterStartChild() {}

  public static void main(String[] args) throws Exception {
    Path flags = Files.createTempFile("flags", ".yaml");
    flags.toFile().deleteOnExit();
    Files.writeString(flags, "- flag-1:\n    treatment: \"on\"\n");
    long before = System.nanoTime();
    try (ConfigurableApplicationContext context =
        args[0].equals("with") ? Application.withStarter(flags) : Application.plain()) {
      double time = (System.nanoTime() - before) / NANOS;
      System.out.println(time + " " + context.getBeanDefinitionCount());
    }
    System.exit(0);
  }
}
