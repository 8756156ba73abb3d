package io.splitio.backend.split.keep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Which files are trusted: those that nobody else could have written. */
final class Trust {
  private static final Path MYSELF = Path.of("/proc/self");
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private Trust() {}

  /**
   * Makes sure that a file that exists may be read.
   *
   * @throws IOException when it may not; the message says why
   */
  static void check(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is no regular file");
    }
    if (!isPosix(file)) {
      return;
    }
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    if (permissions.stream().anyMatch(OTHERS_WRITE::contains)) {
      throw new IOException("others than its owner may write it");
    }
    if (!isMine(file)) {
      throw new IOException("it belongs to another user");
    }
    Object names = Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    if (names instanceof Integer count && count > 1) { // none when it was replaced this moment
      throw new IOException("it has another name elsewhere (a hard link)");
    }
  }

  /** By number where the system tells it, as in a container users may have no names. */
  private static boolean isMine(Path file) throws IOException {
    if (Files.exists(MYSELF)) {
      return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)
          .equals(Files.getAttribute(MYSELF, "unix:uid"));
    }
    return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
        .getName()
        .equals(System.getProperty("user.name"));
  }

  /** What a file or directory is made with, so that it never has more than these permissions. */
  static FileAttribute<?>[] only(String permissions, Path near) {
    return isPosix(near)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  static boolean isPosix(Path file) {
    Set<String> views = file.getFileSystem().supportedFileAttributeViews();
    return views.contains("posix") && views.contains("unix");
  }
}
