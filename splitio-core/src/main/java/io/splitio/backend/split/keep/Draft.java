package io.splitio.backend.split.keep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new file beside the one whose place it will take. It is locked as long as it is open, so that
 * what a process left behind that was killed is known from what another one is writing.
 */
final class Draft implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ENDING = ".new";
  private static final int ATTEMPTS = 3;

  private final Path target;
  private final Path path;
  private FileChannel channel;
  private boolean moved;

  private Draft(Path target, Path path, FileChannel channel) {
    this.target = target;
    this.path = path;
    this.channel = channel;
  }

  /** Begins a file under a name that was never used before. */
  static Draft beside(Path target) throws IOException {
    removeAbandoned(target);
    for (int i = 0; i < ATTEMPTS; i++) {
      String unique = Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE);
      Path path = target.resolveSibling(target.getFileName() + "." + unique + ENDING);
      FileChannel channel = create(path);
      if (isLocked(channel) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return new Draft(target, path, channel);
      }
      channel.close(); // another process was quicker to look after it, and removes it
    }
    throw new IOException("what is begun beside it is removed by somebody else");
  }

  private static FileChannel create(Path path) throws IOException {
    return FileChannel.open(
        path,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        Trust.only("rw-------", path));
  }

  private static void removeAbandoned(Path target) throws IOException {
    Path directory = target.getParent();
    if (directory == null) {
      return;
    }
    try (DirectoryStream<Path> drafts =
        Files.newDirectoryStream(directory, path -> isDraft(path, target))) {
      drafts.forEach(Draft::removeIfAbandoned);
    }
  }

  private static boolean isDraft(Path path, Path target) {
    String name = String.valueOf(path.getFileName());
    String base = target.getFileName() + ".";
    return name.length() == base.length() + 16 + ENDING.length()
        && name.startsWith(base)
        && name.endsWith(ENDING)
        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** As no name is used twice, what was found abandoned is still that when it is removed. */
  private static void removeIfAbandoned(Path path) {
    try (FileChannel found =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (isLocked(found)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      log.debug("{} is not ours to remove", path, e);
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

  /** Where the file is now. */
  private Path place() {
    return moved ? target : path;
  }

  /** Lets go of the file, which stays where it is. */
  void release() throws IOException {
    channel.close();
  }

  /**
   * Takes the file up again that was let go, to append to it.
   *
   * @param length how long it was
   * @param end what it ended with
   * @return false when it is not the same any more, or somebody else writes it
   * @throws IOException when it cannot be opened
   */
  boolean takeUp(long length, byte[] end) throws IOException {
    if (channel.isOpen()) {
      return true;
    }
    Path place = place();
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Trust.check(place);
    FileChannel again =
        FileChannel.open(
            place, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    boolean same = false;
    try {
      same = isLocked(again) && again.size() == length && endsWith(again, end);
      if (same) {
        again.position(length);
        channel = again;
      }
    } finally {
      if (!same) {
        again.close();
      }
    }
    return same;
  }

  private static boolean endsWith(FileChannel file, byte[] end) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(end.length);
    long from = file.size() - end.length;
    int read = 0;
    while (found.hasRemaining() && read >= 0) {
      read = file.read(found, from + found.position());
    }
    return Arrays.equals(found.array(), end);
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
