package io.splitio.backend.split.keep;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file with the last definitions received, and with nothing else: no SDK key, nothing that was
 * computed here.
 *
 * <p>Only its owner may read and write it. A new one is written beside the old one and takes its
 * place in one step when it is complete; later changes are appended. One process at a time writes
 * it. For one thread at a time.
 */
public final class KeptFile implements AutoCloseable {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final Path draft;
  private final byte[] owner;
  private final long mostBytes;
  private @Nullable FileChannel lockChannel;
  private @Nullable FileLock lock;
  private @Nullable FileChannel channel;
  private boolean complete;

  /**
   * A file that is not opened yet.
   *
   * @param path where it is; its directory is made if it does not exist
   * @param owner tells whose definitions these are; it is hashed
   * @param mostBytes it does not grow longer
   */
  public KeptFile(Path path, String owner, long mostBytes) {
    this.path = path.toAbsolutePath();
    this.draft = this.path.resolveSibling(this.path.getFileName() + ".new");
    this.owner = Format.sha256(owner.getBytes(StandardCharsets.UTF_8));
    this.mostBytes = mostBytes;
  }

  /**
   * Reads what was kept.
   *
   * @return whether there was anything of this owner
   * @throws IOException when the file cannot be read, or is not to be trusted; the message says why
   */
  public boolean read(Consumer<Entry> entries) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    check(path);
    long left = Files.size(path);
    if (left > mostBytes) {
      throw new IOException(path + " has " + left + " bytes, more than the allowed " + mostBytes);
    }
    boolean any = false;
    try (InputStream file =
        new BufferedInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS))) {
      if (!Format.belongs(file, owner)) {
        return false;
      }
      for (Entry next = Format.next(file, left); next != null; next = Format.next(file, left)) {
        entries.accept(next);
        any = true;
      }
    }
    return any;
  }

  /** A file that others could have changed could make this process serve anything. */
  private static void check(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is no regular file; remove it, or name another file");
    }
    if (!isPosix(file)) {
      return;
    }
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    if (permissions.stream().anyMatch(OTHERS_WRITE::contains)) {
      throw new IOException(
          file + " can be written by others than its owner; it is not trusted. Remove it");
    }
    String mine = System.getProperty("user.name");
    String its = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
    if (mine != null && !mine.equals(its)) {
      throw new IOException(file + " belongs to " + its + ", not to " + mine + "; not trusted");
    }
  }

  /**
   * Begins a new file, beside the old one.
   *
   * @return false when another process writes it
   * @throws IOException when it cannot be written
   */
  public boolean begin() throws IOException {
    Path directory = path.getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory, attributes(PRIVATE_DIRECTORY));
    }
    if (!locked()) {
      return false;
    }
    closeChannel();
    Files.deleteIfExists(draft);
    complete = false;
    channel =
        FileChannel.open(
            draft,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            attributes(PRIVATE));
    write(channel, Format.header(owner));
    return true;
  }

  private boolean locked() throws IOException {
    if (lock != null) {
      return true;
    }
    Path guard = path.resolveSibling(path.getFileName() + ".lock");
    FileChannel opened =
        FileChannel.open(
            guard,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            attributes(PRIVATE));
    lockChannel = opened;
    try {
      lock = opened.tryLock();
    } catch (OverlappingFileLockException e) { // held by another instance of this process
      lock = null;
    }
    return lock != null;
  }

  /**
   * Adds an entry.
   *
   * @return false when there is no room for it, or no file was begun
   * @throws IOException when it cannot be written
   */
  public boolean add(Entry entry) throws IOException {
    FileChannel open = channel;
    if (open == null) {
      return false;
    }
    byte[] bytes = Format.bytes(entry);
    if (open.size() + bytes.length > mostBytes) {
      return false;
    }
    write(open, bytes);
    if (complete) {
      open.force(false);
    }
    return true;
  }

  /**
   * The file holds a complete set now: it takes the place of the old one.
   *
   * @throws IOException when that is not possible; the old one stays
   */
  public void complete() throws IOException {
    FileChannel open = channel;
    if (open == null || complete) {
      return;
    }
    open.force(true);
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    complete = true;
    Path directory = path.getParent();
    if (directory != null && isPosix(directory)) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  /** Writes no more; the file stays. */
  @Override
  public void close() throws IOException {
    closeChannel();
    if (lockChannel != null) {
      lockChannel.close();
      lockChannel = null;
      lock = null;
    }
  }

  private void closeChannel() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private static void write(FileChannel to, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }

  private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
