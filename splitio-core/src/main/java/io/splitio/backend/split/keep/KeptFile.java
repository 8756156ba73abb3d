package io.splitio.backend.split.keep;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file with the last definitions received, and with nothing else: no SDK key, nothing that was
 * computed here.
 *
 * <p>Only its owner may read and write it. A new one is written beside the old one and takes its
 * place in one step when it is complete; later entries are appended. For one thread at a time.
 */
final class KeptFile implements AutoCloseable {
  private final Path path;
  private final Owner owner;
  private final long mostBytes;
  private @Nullable Draft draft;
  private Seal seal;
  private long length;
  private boolean complete;
  private @Nullable Object identity;

  /** A file that may not exist yet, and does not grow longer than this. */
  KeptFile(Path path, Owner owner, long mostBytes) {
    this.path = path.toAbsolutePath();
    this.owner = owner;
    this.mostBytes = mostBytes;
    this.seal = owner.seal();
  }

  Path path() {
    return path;
  }

  /** How a file was found. */
  enum Found {
    /** There is none. */
    NOTHING,
    /** It holds definitions of another environment, of other flag sets, or of another version. */
    ANOTHERS,
    /** It holds no complete set of definitions. */
    INCOMPLETE,
    /** It holds definitions up to a damaged place. */
    DAMAGED,
    /** It holds definitions. */
    WHOLE
  }

  /**
   * Reads what was kept. What was handed over counts only if the file was found damaged or whole.
   *
   * @throws IOException when the file cannot be read, or is not to be trusted; the message says why
   */
  Found read(Consumer<Entry> entries) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Found.NOTHING;
    }
    Trust.check(path);
    try (FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        InputStream file = new BufferedInputStream(Channels.newInputStream(channel))) {
      long size = channel.size(); // of what is read, whatever takes its place meanwhile
      if (size > mostBytes) {
        throw new IOException("it has " + size + " bytes, more than the allowed " + mostBytes);
      }
      EntryReader reader = EntryReader.begin(file, size, owner);
      return reader == null ? Found.ANOTHERS : read(reader, entries);
    }
  }

  private static Found read(EntryReader reader, Consumer<Entry> entries) throws IOException {
    boolean whole = false;
    for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
      whole |= entry.kind() == Entry.Kind.COMPLETE;
      entries.accept(entry);
    }
    if (!whole) {
      return Found.INCOMPLETE;
    }
    return reader.damaged() ? Found.DAMAGED : Found.WHOLE;
  }

  /**
   * Begins a new file, unless that was done before.
   *
   * @return false when something else has taken the place of the file that was written here
   * @throws IOException when a file cannot be written
   */
  boolean open() throws IOException {
    if (draft != null) {
      boolean there = !complete || Objects.equals(identity, identity());
      return there && draft.takeUp(length, end());
    }
    Path directory = path.getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory, Trust.only("rwx------", directory));
    }
    Draft begun = Draft.beside(path);
    try {
      begin(begun);
    } catch (IOException | RuntimeException e) {
      begun.close();
      throw e;
    }
    draft = begun;
    return true;
  }

  private void begin(Draft begun) throws IOException {
    write(begun.channel(), EntryReader.FIRST_LINE);
    write(begun.channel(), owner.mark());
    length = begun.channel().position();
    seal = owner.seal();
    complete = false;
  }

  private byte[] end() {
    boolean headOnly = length == EntryReader.FIRST_LINE.length + Seal.LENGTH;
    return headOnly ? owner.mark() : seal.last();
  }

  private @Nullable Object identity() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return "nothing";
    }
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Whether there is room for an entry. */
  boolean hasRoomFor(Entry entry) {
    return length + entry.head().length + entry.length() + Seal.LENGTH <= mostBytes;
  }

  /**
   * Adds an entry; with {@link Entry#COMPLETE} the file takes the place of the old one.
   *
   * @throws IOException when it cannot be written; then the file is as it was before
   */
  void add(Entry entry) throws IOException {
    Draft open = Objects.requireNonNull(draft, "no file was begun");
    try {
      byte[] sealed = seal.next(entry);
      write(open.channel(), entry.head());
      for (byte[] part : entry.parts()) {
        write(open.channel(), part);
      }
      write(open.channel(), sealed);
      if (entry.kind() == Entry.Kind.COMPLETE && !complete) {
        open.move();
        complete = true;
        identity = identity();
      }
      seal.advance(sealed);
      length = open.channel().position();
    } catch (IOException e) {
      open.channel().truncate(length).position(length);
      throw e;
    }
  }

  /** Makes sure that what was added outlasts a failure of the power. */
  void force() throws IOException {
    if (draft != null && complete) {
      draft.channel().force(false);
    }
  }

  /** Leaves no file open until more is written. */
  void release() throws IOException {
    if (draft != null) {
      draft.release();
    }
  }

  /** Writes no more; a complete file stays. */
  @Override
  public void close() throws IOException {
    if (draft != null) {
      draft.close();
      draft = null;
    }
  }

  private static void write(FileChannel to, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }
}
