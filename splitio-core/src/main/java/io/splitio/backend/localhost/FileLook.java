package io.splitio.backend.localhost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file as it was at one moment. */
final class FileLook {
  private static final int LARGEST = 64 * 1024 * 1024;
  private static final byte[] NOTHING = {};

  private final Print print;
  private final byte[] content;

  private FileLook(Print print, byte[] content) {
    this.print = print;
    this.content = content;
  }

  /**
   * What tells two states of a file apart. The content counts, because its time may not change when
   * it does; size and time count, because they move while it is being written.
   *
   * @param file its name in messages
   * @param size in bytes
   * @param modified in milliseconds since 1970
   * @param digest of its content, or what was wrong
   * @param readable whether it could be read
   */
  record Print(String file, long size, long modified, String digest, boolean readable) {

    /** What was wrong, when it could not be read. */
    String problem() {
      return digest;
    }
  }

  /** Looks at a file. One that is no regular file is not opened: that might take for ever. */
  static FileLook at(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return unreadable(file, "is a directory. Give the path of a file.");
      }
      if (!attributes.isRegularFile()) {
        return unreadable(file, "is no regular file. Give the path of a regular file.");
      }
      return read(file, attributes);
    } catch (NoSuchFileException e) {
      return unreadable(file, "does not exist. Create it, or mend the path.");
    } catch (AccessDeniedException e) {
      return unreadable(file, "may not be read. Give this process the permission to read it.");
    } catch (IOException | SecurityException e) {
      return unreadable(file, "cannot be read (" + e + "). Make it readable, or mend the path.");
    }
  }

  private static FileLook read(Path file, BasicFileAttributes attributes) throws IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(attributes.size() > LARGEST ? 0 : LARGEST + 1);
    }
    if (attributes.size() > LARGEST || content.length > LARGEST) {
      return unreadable(file, "is larger than 64 MiB. Use a smaller file.");
    }
    Print print =
        new Print(
            file.toString(),
            attributes.size(),
            attributes.lastModifiedTime().toMillis(),
            digest(content),
            true);
    return new FileLook(print, content);
  }

  private static FileLook unreadable(Path file, String problem) {
    return new FileLook(new Print(file.toString(), -1, -1, file + " " + problem, false), NOTHING);
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** Tells it from the same file at another moment. */
  Print print() {
    return print;
  }

  /** Its text. */
  Text text() throws UnreadableFileException {
    if (!print.readable()) {
      throw new UnreadableFileException(print.problem());
    }
    return Text.of(print.file(), content);
  }
}
