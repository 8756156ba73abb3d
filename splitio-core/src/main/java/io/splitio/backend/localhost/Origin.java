package io.splitio.backend.localhost;

import io.splitio.log.LogSafe;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the text with the flags comes from. */
sealed interface Origin {

  /** Its name in messages, fit for them. */
  String name();

  /** Its format. */
  Format format();

  /** What it is now, or null when it never changes. */
  @Nullable FileLook look();

  /** The text of a look. */
  Text text(@Nullable FileLook look) throws UnreadableFileException;

  /** A file, or a directory with a {@code .split} file. */
  record OfFile(Path path) implements Origin {
    @Override
    public String name() {
      return LogSafe.line(file().toString());
    }

    @Override
    public Format format() {
      Path last = path.getFileName();
      return last == null ? Format.SPLIT : Format.of(last.toString());
    }

    @Override
    public FileLook look() {
      return FileLook.at(file());
    }

    @Override
    public Text text(@Nullable FileLook look) throws UnreadableFileException {
      return (look == null ? look() : look).text();
    }

    private Path file() {
      Path absolute = path.toAbsolutePath();
      boolean directory = format() == Format.SPLIT && Files.isDirectory(absolute);
      return directory ? absolute.resolve(".split") : absolute;
    }
  }

  /** A text that was given. */
  record OfText(String fileName, String content) implements Origin {
    @Override
    public String name() {
      return LogSafe.line(fileName);
    }

    @Override
    public Format format() {
      return Format.of(fileName);
    }

    @Override
    public @Nullable FileLook look() {
      return null;
    }

    @Override
    public Text text(@Nullable FileLook look) {
      return Text.withoutMark(fileName, content);
    }
  }
}
