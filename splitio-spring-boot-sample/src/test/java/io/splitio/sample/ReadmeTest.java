package io.splitio.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Whether the README's instructions can be followed. */
class ReadmeTest {
  private static final Pattern EDIT =
      Pattern.compile("^\\| `([^`]+)` \\| `([^`]+)` \\| `([^`]+)` \\|", Pattern.MULTILINE);

  @Test
  void everyTextToReplaceIsInTheDefinitionOfItsFlag(@TempDir Path directory) throws IOException {
    FlagFiles files = FlagFiles.copyTo(directory);
    List<MatchResult> edits =
        EDIT.matcher(Files.readString(Path.of("README.md"))).results().toList();
    assertThat(edits).hasSize(8);
    for (MatchResult edit : edits) {
      files.edit(edit.group(1), edit.group(2), edit.group(3));
      assertThat(new JsonMapper().readTree(directory.resolve("flags.json").toFile()).has("splits"))
          .as(edit.group())
          .isTrue();
    }
  }
}
