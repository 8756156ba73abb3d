package io.splitio.spring.autoconfigure;

import static io.splitio.spring.autoconfigure.FailedStart.assertFailure;
import static io.splitio.spring.autoconfigure.FailedStart.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.spring.SdkThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a user reads on the console when the application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class WrongConfigurationTest {
  private static final String NAME =
      "1 to 100 letters, digits, '-' and '_', starts with a letter or digit, and may have '.' if"
          + " it starts with a digit.";

  @AfterEach
  void noThreadIsLeft() {
    SdkThreads.assertNoneLeft();
  }

  @Test
  void missingKey(CapturedOutput output) {
    start();

    assertFailure(
        output,
        "splitio.api-key is not set.",
        "Set it to a server-side SDK key, or to \"localhost\" to read flags from a file. To read"
            + " flags from Redis, set splitio.redis.url; from FeatBit, splitio.featbit.streaming-url."
            + " To run without the SDK, set splitio.enabled=false.");
  }

  @Test
  void blankKey(CapturedOutput output) {
    start("splitio.api-key= ");

    assertFailure(
        output,
        "splitio.api-key is empty.",
        "Set it to a server-side SDK key, or to \"localhost\" to read flags from a file. To read"
            + " flags from Redis, set splitio.redis.url; from FeatBit, splitio.featbit.streaming-url."
            + " To run without the SDK, set splitio.enabled=false.");
  }

  @Test
  void keyThatContradictsTheMode(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.mode=featbit");

    assertFailure(
        output,
        "splitio.api-key is \"localhost\", but splitio.mode is FEATBIT.",
        "Remove splitio.mode to read flags from a file, or set another key.");
  }

  @Test
  void modeThatDoesNotExist(CapturedOutput output) {
    start("splitio.mode=offline");

    assertThat(output)
        .contains("Property: splitio.mode")
        .contains("Value: \"offline\"")
        .contains("AUTO")
        .contains("LOCALHOST");
  }

  @Test
  void misspeltProperty(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.ready.fail-fats=true");

    assertFailure(
        output,
        "There is no property splitio.ready.fail-fats (from \"splitio.ready.fail-fats\" from"
            + " property source \"commandLineArgs\").",
        "Did you mean splitio.ready.fail-fast?");
  }

  @Test
  void misspeltKeyIsReportedRatherThanTheMissingOne(CapturedOutput output) {
    start("splitio.api-kye=canary-0123456789");

    assertThat(output)
        .contains("There is no property splitio.api-kye")
        .contains("Did you mean splitio.api-key?")
        .doesNotContain("canary");
  }

  @Test
  void durationThatIsNone(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.ready.timeout=soon");

    assertThat(output)
        .contains("Property: splitio.ready.timeout")
        .contains("Value: \"soon\"")
        .contains("'soon' is not a valid duration");
  }

  @Test
  void durationOfZero(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.ready.timeout=0s");

    assertFailure(
        output, "splitio.ready.timeout is 0ms.", "It must be longer than zero, for example 10s.");
  }

  @Test
  void queueWithoutRoom(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.impressions.listener.queue-size=0");

    assertFailure(
        output, "splitio.impressions.listener.queue-size is 0.", "It must be at least 1.");
  }

  @Test
  void refreshThatIsTooFast(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.localhost.refresh-interval=1ms");

    assertFailure(
        output, "splitio.localhost.refresh-interval is 1ms.", "It must be at least 10ms.");
  }

  @Test
  void twoSourcesOfFlags(CapturedOutput output) {
    start(
        "splitio.api-key=localhost",
        "splitio.localhost.split-file=flags.yaml",
        "splitio.localhost.flags.checkout=v1");

    assertFailure(
        output,
        "splitio.localhost.split-file and splitio.localhost.flags are both set.",
        "Remove one of them: flags come from a file or from properties.");
  }

  @Test
  void fallbackWithoutATreatment(CapturedOutput output) {
    start(
        "splitio.api-key=localhost",
        "splitio.localhost.flags.checkout=v1",
        "splitio.fallback.flags.checkout.config={}");

    assertFailure(
        output,
        "splitio.fallback.flags.checkout.config is set, but"
            + " splitio.fallback.flags.checkout.treatment is not.",
        "Set splitio.fallback.flags.checkout.treatment to the treatment that is served instead of"
            + " control.");
  }

  @Test
  void flagWithoutATreatment(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.localhost.flags.a=");

    assertFailure(
        output, "splitio.localhost.flags.a is \"\".", "It must be a treatment, for example on.");
  }

  @Test
  void flagWithANameThatCannotExist(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.localhost.flags.a.b=on");

    assertFailure(
        output,
        "splitio.localhost.flags.a.b is \"on\", and \"a.b\" cannot name a flag.",
        "A flag's name has " + NAME);
  }

  @Test
  void fallbackThatCannotBeServed(CapturedOutput output) {
    start(
        "splitio.api-key=localhost",
        "splitio.localhost.flags.a=on",
        "splitio.fallback.treatment=bad treatment");

    assertFailure(
        output,
        "splitio.fallback.treatment is \"bad treatment\".",
        "It must be a treatment, which has " + NAME);
  }

  @Test
  void fallbackOfAFlagThatCannotBeServed(CapturedOutput output) {
    start(
        "splitio.api-key=localhost",
        "splitio.localhost.flags.a=on",
        "splitio.fallback.flags.a.treatment=-");

    assertFailure(
        output,
        "splitio.fallback.flags.a.treatment is \"-\".",
        "It must be a treatment, which has " + NAME);
  }

  @Test
  void filterThatNoFlagSetPasses(CapturedOutput output) {
    start(
        "splitio.api-key=localhost",
        "splitio.localhost.flags.a=on",
        "splitio.flag-sets-filter=Bad Set,_");

    assertFailure(
        output,
        "splitio.flag-sets-filter is \"Bad Set,_\".",
        "A flag set's name has 1 to 50 letters, digits and '_', and does not start with '_'."
            + " Remove the property to load all flags.");
  }

  @Test
  void fileOnAServer(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.localhost.split-file=https://host/flags.yaml");

    assertFailure(
        output,
        "splitio.localhost.split-file is https://host/flags.yaml.",
        "It must be a path, or start with \"file:\" or \"classpath:\".");
  }

  @Test
  void resourceThatDoesNotExist(CapturedOutput output) {
    start("splitio.api-key=localhost", "splitio.localhost.split-file=classpath:none.yaml");

    assertFailure(
        output,
        "splitio.localhost.split-file is classpath:none.yaml.",
        "There is no such resource on the class path.");
  }

  @Test
  void fileWithAMistakeStopsTheStartAtOnce(CapturedOutput output, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("flags.yaml"), "- checkout:\n  treatment: [\n");

    start("splitio.api-key=localhost", "splitio.localhost.split-file=" + file);

    assertThat(output)
        .contains("Flags cannot be loaded: ")
        .contains("flags.yaml")
        .contains("line 3")
        .contains(
            "Mend this, or set splitio.ready.block=BACKGROUND to start without flags; until they"
                + " are there, evaluations answer control or the configured fallback.");
  }
}
