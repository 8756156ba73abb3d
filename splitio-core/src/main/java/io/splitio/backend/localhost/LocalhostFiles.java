package io.splitio.backend.localhost;

import io.splitio.api.DateUnit;
import io.splitio.backend.Services;
import io.splitio.codec.Changes;
import io.splitio.codec.Changes.Section;
import io.splitio.codec.SegmentChange;
import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file with the flags and the files of the segments they ask about. Used by one thread at a
 * time.
 */
final class LocalhostFiles {
  private final Origin origin;
  private final @Nullable SegmentFolder segments;
  private final Set<String> flagSets;
  private final DateUnit dateUnit;
  private @Nullable Parsed parsed;

  LocalhostFiles(Origin origin, @Nullable SegmentFolder segments, Services services) {
    this.origin = origin;
    this.segments = segments;
    this.flagSets = services.flagSets();
    this.dateUnit = services.dateUnit();
  }

  /** What the text with the flags said when it was last looked at. */
  private record Parsed(FileLook.@Nullable Print print, Reading reading) {}

  /**
   * The files at one moment.
   *
   * @param prints tell them from the same files at another moment
   * @param contents what they say
   * @param problem why they cannot be used, or null
   */
  record Look(
      List<FileLook.Print> prints,
      @Nullable Contents contents,
      @Nullable UnreadableFileException problem) {}

  /**
   * What the files say.
   *
   * @param reading of the flags
   * @param change puts them in force
   * @param segments what the files of the segments they ask about say
   */
  record Contents(Reading reading, Change change, Map<String, SegmentChange> segments) {}

  String name() {
    return origin.name();
  }

  Format format() {
    return origin.format();
  }

  /** Looks at all files, given the definitions in force. */
  Look look(Snapshot inForce) {
    List<FileLook.Print> prints = new ArrayList<>();
    try {
      FileLook main = origin.look();
      if (main != null) {
        prints.add(main.print());
      }
      Reading reading = parse(main);
      Change change = origin.format().change(filtered(reading.changes()), inForce);
      Map<String, FileLook> files = segmentFiles(change.applyTo(inForce).segmentsInUse());
      files.values().forEach(file -> prints.add(file.print()));
      return new Look(prints, new Contents(reading, change, read(files)), null);
    } catch (UnreadableFileException e) {
      return new Look(prints, null, e);
    }
  }

  private Reading parse(@Nullable FileLook main) throws UnreadableFileException {
    FileLook.Print print = main == null ? null : main.print();
    Parsed before = parsed;
    if (before != null && Objects.equals(before.print, print)) {
      return before.reading;
    }
    Reading reading = origin.format().read(origin.text(main), dateUnit);
    parsed = new Parsed(print, reading);
    return reading;
  }

  private Map<String, FileLook> segmentFiles(Set<String> names) throws UnreadableFileException {
    Map<String, FileLook> files = new LinkedHashMap<>();
    if (segments != null) {
      for (String name : names) {
        files.put(name, segments.look(name));
      }
    }
    return files;
  }

  private static Map<String, SegmentChange> read(Map<String, FileLook> files)
      throws UnreadableFileException {
    Map<String, SegmentChange> changes = new LinkedHashMap<>();
    for (Map.Entry<String, FileLook> file : files.entrySet()) {
      changes.put(file.getKey(), SegmentFolder.read(file.getValue()));
    }
    return changes;
  }

  /** A flag outside the flag sets of the application is in force no more. */
  private Changes filtered(Changes changes) {
    if (flagSets.isEmpty()) {
      return changes;
    }
    Section<FeatureFlag> all = changes.flags();
    List<FeatureFlag> active = new ArrayList<>();
    List<String> removed = new ArrayList<>(all.removed());
    for (FeatureFlag flag : all.active()) {
      if (flag.sets().stream().anyMatch(flagSets::contains)) {
        active.add(flag);
      } else {
        removed.add(flag.name());
      }
    }
    return new Changes(
        new Section<>(all.since(), all.till(), active, removed, all.rejected(), all.unsupported()),
        changes.ruleBasedSegments());
  }
}
