package io.splitio.soak.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** What a soak found out, on the console and in {@code target/soak.txt}. */
public final class Report {
  private Report() {}

  /** Says a line. */
  public static void say(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    System.out.println("[soak] " + line);
    try {
      Files.writeString(
          Files.createDirectories(Path.of("target")).resolve("soak.txt"),
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
