package io.splitio.backend.localhost;

import io.splitio.api.DateUnit;
import io.splitio.codec.Changes;
import io.splitio.codec.Changes.Section;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.MalformedJsonException;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.Level;

/** A format of files with flags. */
enum Format {
  /** A flag and its treatment in each line. */
  SPLIT(Level.INFO) {
    @Override
    Reading read(Text text, DateUnit dateUnit) {
      return new SplitFileReader(text).read();
    }
  },

  /** A list of flags with treatments, keys and configurations. */
  YAML(Level.ERROR) {
    @Override
    Reading read(Text text, DateUnit dateUnit) throws UnreadableFileException {
      try {
        return new YamlFileReader(text).read();
      } catch (NoClassDefFoundError e) {
        throw new UnreadableFileException(
            text.file()
                + " is YAML, which needs SnakeYAML. Add the dependency org.yaml:snakeyaml, or use a"
                + " .split or JSON file.",
            e);
      }
    }
  },

  /** A change document of the Split service. */
  JSON(Level.ERROR) {
    @Override
    Reading read(Text text, DateUnit dateUnit) throws UnreadableFileException {
      try {
        Changes changes = new ChangesReader(dateUnit, Sanitizing.LOCALHOST).read(text.content());
        return new Reading(changes, List.of());
      } catch (MalformedJsonException e) {
        throw new UnreadableFileException(
            text.file() + ", " + e.getMessage() + ". Mend the JSON there.", e);
      } catch (IOException e) {
        throw new UnreadableFileException(text.file() + " cannot be read: " + e, e);
      }
    }

    @Override
    Change change(Changes changes, Snapshot before) {
      Section<FeatureFlag> flags = changes.flags();
      long flagsTill = flags.till() == -1 ? before.flagsTill() : flags.till();
      long ruleBasedTill = changes.ruleBasedSegments().till();
      return Change.flags(flags.active(), flags.removed(), flagsTill)
          .and(
              Change.ruleBasedSegments(
                  changes.ruleBasedSegments().active(),
                  changes.ruleBasedSegments().removed(),
                  ruleBasedTill == -1 ? before.ruleBasedTill() : ruleBasedTill));
    }
  };

  private final Level skippedLevel;

  Format(Level skippedLevel) {
    this.skippedLevel = skippedLevel;
  }

  /**
   * The format that the extension of a file's name says; the {@code .split} format if it says none.
   */
  static Format of(String fileName) {
    return switch (fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "json" -> JSON;
      case "yaml", "yml" -> YAML;
      default -> SPLIT;
    };
  }

  /** What a file says. */
  abstract Reading read(Text text, DateUnit dateUnit) throws UnreadableFileException;

  /** Puts it in force: unless the format has changes, the file is all there is. */
  Change change(Changes changes, Snapshot before) {
    return Change.onlyFlags(changes.flags().active(), -1);
  }

  /** How serious it is that a part of a file was passed over. */
  Level skippedLevel() {
    return skippedLevel;
  }
}
