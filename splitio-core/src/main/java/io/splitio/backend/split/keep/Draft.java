package io.splitio.backend.split.keep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new file beside the one whose place it will take. It is locked as long as it is open, so that
 * what a process left behind that was killed is known from what another one is writing.
 */
final class Draft implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final int MOST = 8;

  private final Path target;
  private final Path path;
  private final FileChannel channel;
  private boolean moved;

  private Draft(Path target, Path path, FileChannel channel) {
    this.target = target;
    this.path = path;
    this.channel = channel;
  }

  /** Begins a file under the first name that nobody uses. */
  static Draft beside(Path target) throws IOException {
    for (int i = 1; i <= MOST; i++) {
      Path path = target.resolveSibling(target.getFileName() + ".new" + i);
      removeAbandoned(path);
      try {
        FileChannel channel = create(path);
        if (isLocked(channel)) {
          return new Draft(target, path, channel);
        }
        channel.close();
      } catch (FileAlreadyExistsException e) {
        continue; // somebody writes it, or it is not ours to remove
      }
    }
    throw new IOException(
        "all " + MOST + " names beside it are in use, such as " + target + ".new1");
  }

  private static FileChannel create(Path path) throws IOException {
    return FileChannel.open(
        path,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        Trust.only("rw-------", path));
  }

  private static void removeAbandoned(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      Files.delete(path);
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (FileChannel found =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (isLocked(found)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) { // not to be opened: not ours
      return;
    }
  }

  /** Whether this process has it for itself now; what is locked is behind all content. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
    } catch (OverlappingFileLockException e) { // another instance in this process
      return false;
    }
  }

  FileChannel channel() {
    return channel;
  }

  /** Takes the place of the target in one step, and for good even if the power fails. */
  void move() throws IOException {
    channel.force(true);
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    moved = true;
    forceName();
  }

  /** Some file systems cannot do this; the file has its new name all the same. */
  private void forceName() {
    Path directory = target.getParent();
    if (directory == null || !Trust.isPosix(directory)) {
      return;
    }
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      log.debug("The directory of {} cannot be forced to the disk", target, e);
    }
  }

  /** Closes the file, and removes it unless it has taken the target's place. */
  @Override
  public void close() throws IOException {
    if (!moved) {
      Files.deleteIfExists(path);
    }
    channel.close();
  }
}
