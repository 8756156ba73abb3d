package io.splitio.backend.localhost;

import io.splitio.codec.Sanitizing;
import io.splitio.codec.SegmentChange;
import io.splitio.codec.SegmentReader;
import io.splitio.json.MalformedJsonException;
import io.splitio.log.LogSafe;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A directory with a {@code <name>.json} file for each segment (evaluation specification 12.5). */
record SegmentFolder(Path directory) {
  private static final SegmentReader READER = new SegmentReader(Sanitizing.LOCALHOST);

  /** The file of a segment as it is now. A name cannot lead out of the directory. */
  FileLook look(String segment) throws UnreadableFileException {
    if (segment.isBlank()
        || segment.startsWith(".")
        || !segment.chars().allMatch(this::isHarmless)) {
      throw refused(segment);
    }
    try {
      Path folder = directory.toAbsolutePath().normalize();
      Path file = folder.resolve(segment + ".json").normalize();
      if (!folder.equals(file.getParent())) {
        throw refused(segment);
      }
      return FileLook.at(file);
    } catch (InvalidPathException e) {
      throw refused(segment);
    }
  }

  private boolean isHarmless(int character) {
    return character >= ' ' && "/\\:*?\"<>|".indexOf(character) < 0;
  }

  private static UnreadableFileException refused(String segment) {
    return new UnreadableFileException(
        "The flags ask for the segment "
            + LogSafe.quote(segment)
            + ", which cannot be the name of a file. Rename the segment, without path separators,"
            + " control characters or a leading dot.");
  }

  /** What the file of a segment says. */
  static SegmentChange read(FileLook look) throws UnreadableFileException {
    return read(look.text());
  }

  static SegmentChange read(Text text) throws UnreadableFileException {
    try {
      SegmentChange change = READER.read(text.content());
      if (change.name() == null || change.name().isEmpty()) {
        throw new UnreadableFileException(
            text.file() + " has no name. Add \"name\" with the name of the segment.");
      }
      return change;
    } catch (MalformedJsonException e) {
      throw new UnreadableFileException(
          text.file() + ", " + e.getMessage() + ". Mend the JSON there.", e);
    } catch (IOException e) {
      throw new UnreadableFileException(text.file() + " cannot be read: " + e, e);
    }
  }
}
