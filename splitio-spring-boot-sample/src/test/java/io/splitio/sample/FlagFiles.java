package io.splitio.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A copy of the sample's flag files that a test may edit as a user would. */
final class FlagFiles {
  private final Path flags;
  private final Path segments;
  private final String original;

  private FlagFiles(Path flags, Path segments, String original) {
    this.flags = flags;
    this.segments = segments;
    this.original = original;
  }

  /** Copies the files that the README speaks about. */
  static FlagFiles copyTo(Path directory) throws IOException {
    Path segments = Files.createDirectories(directory.resolve("segments"));
    Path flags = Files.copy(Path.of("flags/flags.json"), directory.resolve("flags.json"));
    Files.copy(Path.of("flags/segments/beta-testers.json"), segments.resolve("beta-testers.json"));
    return new FlagFiles(flags, segments, Files.readString(flags));
  }

  /** What to start the shop with. */
  String[] arguments() {
    return new String[] {
      "--server.port=0",
      "--splitio.localhost.split-file=" + flags.toUri(),
      "--splitio.localhost.segment-directory=" + segments.toUri(),
      "--splitio.localhost.refresh-interval=50ms"
    };
  }

  /** Replaces text inside the definition of one flag, and saves the file. */
  void edit(String flag, String find, String replacement) throws IOException {
    String text = Files.readString(flags);
    int start = text.indexOf("\"name\": \"" + flag + "\"");
    assertThat(start).as("flag %s in %s", flag, flags).isNotNegative();
    int found = text.indexOf(find, start);
    int next = text.indexOf("\"name\": ", start + 1);
    assertThat(found)
        .as("%s of flag %s", find, flag)
        .isBetween(start, next < 0 ? text.length() : next);
    save(text.substring(0, found) + replacement + text.substring(found + find.length()));
  }

  /** Kills a flag. */
  void kill(String flag) throws IOException {
    edit(flag, "\"killed\": false", "\"killed\": true");
  }

  /** Takes all edits back. */
  void restore() throws IOException {
    save(original);
  }

  private void save(String text) throws IOException {
    Path draft = Files.writeString(flags.resolveSibling("flags.json.draft"), text);
    Files.move(draft, flags, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
